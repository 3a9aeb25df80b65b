// 检索页。打开检索页，或者页首的检索框得到焦点时才载入；不请求站外任何资源，不用 eval，不用 wasm。
// 各部分在 search/ 里，建站时合为一个文件（generator/pipeline/joined_scripts.py），所以各部分的名称不可重复。
import { HAN, LETTERS, NEAR, ROOT, SOUND, blocksWith, chinese, cities, code, common, fill, filterWords, inText, load, manifest, mixed, nameKey, nowhere, passes, phrasesOf, question, toldInEnglish, waysOf } from "./search/index.js";
import { FINALS, INITIALS, UNNAMED, articles, besidePlace, direct, gb2312, isPinyin, named, namesIn, pathOf, pinyinAsked, soundHad, surnameIn } from "./search/names.js";
import { alikeInAct, deedsOf, whereIn } from "./search/acts.js";
import { dayAsked, keptOf, slugIn, understood, withTold } from "./search/answers.js";
import { drawn, excerptOf, make } from "./search/drawing.js";

// 要看更多时，一次打开几块；没有结果时最多打开几块
const PAGE = 10, FEW = 6, AT_ONCE = 4, UNASKED = 12;
// 只有字母的：英文，或者拼音
const SPELLED = /^[a-zü' ]+$/i;
// 没有找到的，给出什么：没有找到才取。
const ofNothing = async (name, ...asked) => (await import(`${ROOT}assets/search-nothing.js`))[name](...asked);

// 只写姓氏的，那个姓
const familyIn = (query) => [surnameIn(query)].find((own) => own && !UNNAMED.test(own));

// 一句问话查什么，先后：各部法规的那一条，姓名；跟在答案后面的，是按它办过的那些件，或者列着的那一栏。
const numberedIn = ({ query, found, act }, filters) => (found.length ? null : articles("articlesIn", query, act.cities, filters));
const peopleIn = ({ query, asking, found, exact, cases, records }, filters) => (asking.latin || exact || SPELLED.test(query) || cases || records || (found.length && UNNAMED.test(query)) ? null : named(query, filters));
async function listed({ cases, records }, filters, oldest) {
  if (cases || !records) return cases ? inText(cases, filters, oldest) : null;
  const { open: [standing, standsOpen], section, city } = await manifest(), own = records.slug && (await cities()).find(([slug]) => slug === records.slug)[1];
  return inText("", { [records.section === standsOpen ? standing : section]: records.section, ...(own && { [city]: own }), ...filters });
}

async function startPage(place) {
  const $ = (name) => place.querySelector(`[data-find=${name}]`);
  const form = $("form"), input = form.elements.q, sort = form.elements.sort, status = $("status"), list = $("results"), more = $("more");
  const all = await manifest(), { groups, filters: facets, order } = all, [, standsOpen] = all.open;
  const english = toldInEnglish && (await import(`${ROOT}assets/search-english.js`));
  const page = toldInEnglish?.words ?? all.words, shownAs = english?.valuesInEnglish(all) ?? {};
  const labels = {};
  let turn = 0, soonest = false, next = null, translated = "", words = page, act = null, ending = "", away = null, wakes;

  for (const [name, values, counts] of facets) {
    const select = make("select", { name }, make("option", { value: "" }, place.dataset.any));
    for (const [at, value] of values.entries()) {
      const own = make("option", { value }, fill(page.counted, { q: shownAs[value] ?? value, n: counts[at] }));
      if (toldInEnglish && !shownAs[value]) own.lang = "zh-CN";
      select.append(own);
    }
    const label = toldInEnglish?.order[order.indexOf(name)] ?? name;
    labels[name] = label;
    $("filters").append(make("label", { className: "yy-field" }, make("span", {}, label), select));
  }
  const selects = [...form.querySelectorAll("[data-find=filters] select:not([name=sort])")];
  const chosen = () => Object.fromEntries(selects.filter((select) => select.value).map((select) => [select.name, select.value]));

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of [input, sort, ...selects]) {
      field.value = asked.get(field.name) || (field === sort ? "newest" : "");
      if (field.value === "" && field === sort) field.value = "newest";
    }
    if (sort.value !== "newest" || Object.keys(chosen()).length) $("narrow").open = true;
  }
  function remember() {
    const asked = new URLSearchParams();
    if (input.value.trim()) asked.set("q", input.value.trim());
    for (const [name, value] of Object.entries(chosen())) asked.set(name, value);
    if (sort.value !== "newest") asked.set("sort", sort.value);
    history.pushState(null, "", `?${asked}`);
  }
  function button(label, action) {
    more.hidden = !label;
    more.textContent = label || "";
    next = action;
  }
  function tell(text) {
    status.textContent = text && translated + text;
    // 印在纸上的，写明查的是什么
    status.dataset.asked = input.value;
  }
  // 结果按类分开：正在公示、公示、荣誉、决定、规定、说明。后来的接在自己一类的后面。
  function draw(hits) {
    wakes = Math.min(wakes, ...hits.flatMap(({ turns }) => turns ?? []));
    const items = hits.map((hit) => {
      const item = drawn(english?.inEnglish(hit) ?? hit), own = groupOf(hit.group), later = soonest || sort.value === "oldest";
      // 问哪一日截止的，那一日的最先
      const day = ending && hit.until.includes(ending) ? "0" : soonest ? hit.until.replace(/\d+/g, (own) => own.padStart(4, 0)) : hit.date;
      item.dataset.date = day;
      const after = ({ dataset: { date } }) => (later ? date > day : date < day);
      own.insertBefore(item, day ? [...own.children].find(after) || null : null);
      return item;
    });
    return items[0];
  }
  function groupOf(name) {
    const at = Math.max(0, groups.findIndex(([own]) => own === name)), found = list.querySelector(`[data-group="${at}"] ol`);
    if (found) return found;
    const own = make("ol", { className: "yy-hits" });
    const section = make("section", { className: "yy-hitgroup" }, make("h2", {}, toldInEnglish?.groups[at] ?? groups[at][1], " ", make("small", {})), own);
    section.dataset.group = at;
    list.insertBefore(section, [...list.children].find((other) => Number(other.dataset.group) > at) || null);
    return own;
  }

  async function run() {
    const written = input.value.trim(), filters = chosen(), mine = ++turn, filtered = Object.keys(filters).length > 0;
    for (const name of ["results", "answers", "instead", "understood"]) $(name).replaceChildren();
    button();
    wakes = Infinity;
    $("clear").hidden = !filtered;
    // 列表等结果出来再跟在后面：先画出来的不被推走。
    $("lists").hidden = Boolean(written) || filtered;
    translated = "";
    words = page;
    act = away = null;
    if (!written && !filtered) return tell("");
    place.classList.add("yy-find--asked");
    const short = !filtered && [...written].length < 2;
    if (short && !familyIn(written)) return tell(words.short);
    tell(words.searching);
    const said = await understood(written, filters), { query, asking, found, beside, notes, cases, records, others = [], heading } = said;
    if (mine !== turn) return;
    act = said.act;
    soonest = records?.section === standsOpen; // 问截止的，截止早的在前
    ending = soonest ? dayAsked(query) : "";
    // 英文答得上来的，话也用英文说。
    if (asking.latin || !toldInEnglish) words = asking.words;
    const inEnglishWords = toldInEnglish || words !== all.words;
    $("answers").lang = $("instead").lang = status.lang = asking.latin && inEnglishWords ? "en" : document.documentElement.lang;
    // 在中文的页上用英文问的，英文的检索页答得更全。
    if (asking.latin && !toldInEnglish) $("understood").append(make("p", { lang: "en" }, make("a", { href: `${ROOT}en/search/?${new URLSearchParams({ q: query })}` }, fill(all.words.in_english, { q: query }))));
    if (query !== written) translated = fill(words.in_simplified, { q: query });
    // 英文的话里，只有专名会写在记录里。
    const everywhere = (asked = (asking.latin && act.rest) || query) => {
      list.replaceChildren();
      return show(inText(asked, filters, sort.value === "oldest", !SPELLED.test(asked)), asked, mine);
    };
    if (!written) return everywhere();
    const path = await direct(query);
    if (mine !== turn) return;
    if (path) return location.replace(ROOT + path);
    if (pathOf(query)) return tell(fill(words.no_page, { q: query }));
    const numbered = await numberedIn(said, filters);
    if (mine !== turn) return;
    if (numbered) return show(numbered, query, mine, everywhere);
    const { above, missing, notes: told } = whereIn(query, asking), elsewhere = found.length ? "" : told.join(" ");
    if (elsewhere && missing.length) {
      covered(asking, above);
      // 只问了没有收录的地方的，没有别的可查。
      if (!act.rows.length && !act.rest) return tell(elsewhere);
    }
    if (elsewhere) {
      const said = make("p", {}, elsewhere);
      $("understood").append(said);
      if (missing.length) away = said;
    }
    // 用英文问一类事的，直接按中文的说法查。
    if (asking.latin && !found.length && act.rows.length) return (await byAct(query, mine)) ?? nothing(query, []);
    if (!found.length && act.rulesOnly.length) $("understood").append(make("p", {}, fill(words.rules_only, { q: act.rulesOnly.join(words.and) })));
    const asked = peopleIn(said, filters);
    const [people, answers] = await Promise.all([asked, beside ? found : withTold(found, asking, asking.latin && !toldInEnglish ? 1 : asked ? 2 : 3)]);
    if (mine !== turn) return;
    const drawAnswers = () => {
      if (!answers.length) return;
      // 各条同属一类的，类名只写一次。
      const alike = answers.every(({ kicker }) => kicker === asking.words.answers), named = alike ? [make("h2", {}, asking.words.answers)] : [];
      const items = answers.map((answer) => drawn(alike ? { ...answer, kicker: "" } : answer));
      if (others.length) chips(heading, others.map(({ name, path: own }) => make("a", { href: ROOT + own }, name)));
      $("answers").append(...named, ...notes.map((note) => make("p", { className: "yy-find__note" }, note)), make("ul", { className: "yy-hits" }, ...items));
    };
    // 问区县的、几个词没有都用上的，先列人和事，答案跟在后面。
    if (beside) {
      const absent = await nowhere(query);
      absent.length ? offer(words.instead, await ofNothing("offered", query, act, absent, translated)) : await everywhere();
      if (mine !== turn) return;
      more.parentNode.after($("answers"));
      if (!list.firstChild) tell(fill(words.found, { n: answers.length }));
      return drawAnswers();
    }
    list.before($("answers"));
    drawAnswers();
    if (people) return show(people, query, mine, short ? null : everywhere);
    if (short) return nothing(query, []);
    if (!answers.length) {
      // 拼音多半是姓名：正文里几乎没有，先按读音查；写了几个字的拼音的，正文里不再查。
      const alike = SPELLED.test(query) ? await bySound(query, mine, everywhere) : null, written = !alike && !toldInEnglish && isPinyin(query) && phrasesOf(query).length > 1;
      return alike ?? (written ? nothing(query, phrasesOf(query), () => true) : everywhere());
    }
    // 规则之后，就是按它办过的那些件；列表之后，就是列着的那些件。
    const following = await listed(said, filters, sort.value === "oldest");
    if (following) return show(following, cases || (asking.latin ? "" : query), mine, cases || asking.latin ? null : everywhere);
    // 问的已有答案：全文愿意再查的才查。
    if (!asking.latin) button(fill(words.everywhere, { q: query }), () => everywhere());
    tell(fill(words.found, { n: answers.length }));
  }

  // 一步一步给出结果；不再要，就不再打开。afterwards：姓名、文号都列出来以后，还可以查全文。
  async function show(asking, query, mine, afterwards) {
    const asked = await asking, phrases = phrasesOf(query), waiting = [];
    const excerpt = asked.excerpt || ((hit) => excerptOf(hit.text, phrases));
    let begun = false;
    async function step() {
      tell(words.searching);
      button();
      // 头一次少取，有就先给出来；以后多取，取够一屏。规定和说明，别处没有时才接着查。
      for (let opened = 0, blocks = begun ? AT_ONCE : asked.first || 1; opened < UNASKED && !asked.over && waiting.length < (begun ? FEW : 1); opened += blocks, blocks = AT_ONCE) {
        if (asked.rules && opened && asked.count) break;
        // 人和事里没有的，先看意思相近的，再看规定。
        if (asked.rules && !asked.count && (await byAct(query, mine))) return;
        if (mine !== turn) return;
        waiting.push(...(await asked.take(blocks)));
        if (mine !== turn) return;
      }
      begun = true;
      const first = draw(waiting.splice(0, PAGE).map((hit) => ({ ...hit, excerpt: excerpt(hit) })));
      const { count, over, rules } = asked;
      // 写着原话的不多的，意思相近的也列出。
      const alike = over && count && count < FEW && act?.rows.length && !act.rest && !asked.excerpt && !filtersChosen() ? await alikeInAct(act) : null;
      const near = alike?.near ? (await alike.take(1)).filter(({ path }) => !list.querySelector(`a[href$="/${path}"]`)) : [];
      if (mine !== turn) return;
      draw(near.map((hit) => ({ ...hit, excerpt: excerptOf(hit.text, alike.ways) })));
      const further = waiting.length || !over;
      for (const section of list.children) section.querySelector("small").textContent = `${section.querySelectorAll("li").length}${further ? "+" : ""}`;
      if (waiting.length) button(words.more, step);
      else if (!over) button(rules ? words.rules : sort.value === "oldest" ? words.newer : words.older, step);
      else if (afterwards) button(fill(words.everywhere, { q: query }), () => afterwards());
      if (count && asked.elsewhere) tell(fill(words.other_organ, { q: query, n: count }));
      else if (count && asked.sound) tell(fill(words.none_but_sounds, { q: query, n: count }));
      else if (count && asked.surname && over) tell(fill(words.found_surname, { q: asked.surname, n: count }));
      else if (count && asked.shown) tell(fill(words[asked.near ? "near" : "of_kind"], { q: query, n: count, ways: asked.shown.join(words.and) }) + (over ? "" : words.so_far));
      else if (near.length) tell(fill(words.also, { n: count, m: near.length, ways: alike.shown.join(words.and) }));
      else if (count) tell(toldEnding(over) + fill(words.found, { n: count }) + (over || rules ? "" : words.so_far));
      else if (!over) tell(fill(words.none_yet, { q: query }));
      else if (asked.sound || !((await byAct(query, mine)) || (await bySound(query, mine)))) {
        // 中文的页上，字母写的词不再一个一个地查。
        const unread = !toldInEnglish && SPELLED.test(query);
        await (unread ? nothing(query, phrases, () => true) : nothing(query, await nowhere(query)));
      }
      if (count && over && act?.kinds.length && !asked.shown && !filtersChosen()) offer(words.kinds, await deedsOf(act.cities, act.kinds, true));
      return first;
    }
    return step();
  }

  // 那一日截止的有几条；还没有查完的，不说没有。
  function toldEnding(over) {
    const n = list.querySelectorAll("[data-date='0']").length;
    return ending && (n || over) ? fill(n ? words.ending : words.none_ending, { day: ending, n }) : "";
  }

  const filtersChosen = () => Object.keys(chosen()).length > 0;

  async function bySound(query, mine, afterwards) {
    const asked = act?.rows.length ? null : await ofNothing("alikeInSound", query, words, chosen());
    if (asked && mine === turn) await show(asked, query, mine, afterwards);
    return asked;
  }

  // 意思相近的，同一类的；写明是怎样理解的。
  async function byAct(query, mine) {
    const asked = act.unused.length && !act.latin ? null : await alikeInAct(act, chosen());
    if (!asked || mine !== turn) return asked;
    const tokens = [...act.places.map((names) => names.split("|").map((name) => shownAs[name] ?? name).join(words.and)), ...(asked.kinds.length ? asked.kinds.map((kind) => shownAs[kind] ?? kind) : act.ways)];
    $("understood").prepend(make("p", {}, words.understood, ...tokens.flatMap((token) => [" ", make("b", {}, token)])));
    await show(Object.assign(asked, { excerpt: (hit) => excerptOf(hit.text, asked.ways.map((way) => way.toLowerCase())) }), query, mine);
    return asked;
  }

  // 没有的，说没有什么、可以查什么；给出的都有结果。
  async function nothing(query, absent, told) {
    // 没有收录那个地方的，已经说了。
    if (away) {
      away.remove();
      return tell(away.textContent);
    }
    const answered = $("answers").querySelectorAll(".yy-hit").length, filters = chosen(), mine = turn;
    if (answered) return tell(fill(words.found, { n: answered }));
    // 是因为筛选条件的，说是哪几个，去掉了有几条。
    const named = (own) => Object.entries(own).map(([name, value]) => fill(words.filter, { name: labels[name], value: shownAs[value] ?? value })).join(words.and);
    const ways = filtersChosen() ? await ofNothing("withoutFilters", query, filters) : [];
    if (mine !== turn) return;
    if (ways.length) {
      tell(fill(words.none_filtered, { q: query, filters: named(filters) }));
      return offer(words.without, ways.map((way) => ({ ...way, query: "", values: { q: query, ...way.left }, label: fill(words.remove, { q: named(way.gone) }) })));
    }
    const several = phrasesOf(query).length > Math.max(1, absent.length), missing = told ? absent.filter((word) => !told(word)) : absent;
    tell(familyIn(query) ? fill(words.no_surname, { q: familyIn(query) }) : fill(missing.length ? words.nowhere : several ? words.apart : words.none, { q: query, missing: missing.join(words.and) }));
    const items = await ofNothing("offered", query, act, absent, translated), likely = await ofNothing("meant", query, absent);
    if (mine !== turn) return;
    $("understood").append(...likely.map((q) => make("p", {}, make("a", { href: `?${new URLSearchParams({ q, ...filters })}` }, fill(words.meant, { q })))));
    offer(words.instead, items);
  }

  // 那里适用的（above），收录了哪些地方，各自的页面。
  function covered({ places, latin, nation: further = [] }, above) {
    const rules = latin ? "en/policies" : "policies";
    const link = (slug, name, register) => make("a", { href: `${ROOT}${register ? "notices" : rules}/${slug}/` }, name);
    const linked = (own) => places.filter((place) => place[3] === own && !above.includes(place)).map(([slug, name, , register]) => link(slug, name, register));
    const closer = above.length ? above.map(([slug, name]) => link(slug, name)) : further.map(({ title, path }) => make("a", { href: ROOT + path }, title));
    chips(words.there, [...closer, link("quanguo", words.nation)]);
    chips(words.covered, linked(1));
    chips(words.covered_rules, linked(0));
  }

  function offer(heading, items) {
    const links = items.map(({ query, values = {}, count, more: further, label = query ?? Object.values(values).map((value) => shownAs[value] ?? value).join(" · ") }) =>
      make("a", { href: `?${new URLSearchParams(query ? { q: query } : values)}` }, count ? fill(further ? words.counted_more : words.counted, { q: label, n: count }) : label));
    chips(heading, links);
  }

  function chips(heading, links) {
    if (links.length) $("instead").append(make("h2", {}, heading), make("ul", { className: "yy-chips" }, ...links.map((link) => make("li", {}, link))));
  }

  const start = () => run().catch(() => { button(); tell(words.failed); }).finally(() => {
    $("lists").hidden = false;
    // 有了结果，别的办法折起
    const hits = place.querySelector(".yy-hit");
    $("other").open = !hits;
    // 说的是人：答的都是规定、说明（第六类起）的，不说。
    $("absent").hidden = hits && ![...list.children].some(({ dataset }) => dataset.group < 5);
  });
  // 页面开着的时候有截止、开始的，重新查
  setInterval(() => Date.now() >= wakes && start(), 1e3);
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); start(); });
  form.addEventListener("change", (event) => { if (event.target !== input) { remember(); start(); } });
  $("clear").addEventListener("click", () => { selects.forEach((select) => (select.value = "")); remember(); start(); input.focus(); });
  more.addEventListener("click", async () => {
    try {
      // 焦点移到新出现的第一条
      (await next())?.querySelector("a").focus();
    } catch {
      tell(words.failed);
    }
  });
  addEventListener("popstate", () => { read(); start(); });
  $("narrow").hidden = false;
  read();
  start();
  // 来这里就是要写字的
  if (!location.search) input.focus();
}

const place = document.getElementById("yy-find");
if (place) startPage(place);

// 页首的检索框、search-articles.js、search-nothing.js 要用的
export { HAN, NEAR, ROOT, UNNAMED, alikeInAct, blocksWith, chinese, common, deedsOf, direct, fill, inText, keptOf, listed, load, make, named, nameKey, numberedIn, ofNothing, pathOf, peopleIn, phrasesOf, question, slugIn, understood, waysOf };
// search-nothing.js、search-english.js 另外要用的
export { FINALS, INITIALS, LETTERS, SOUND, besidePlace, code, filterWords, gb2312, isPinyin, mixed, namesIn, passes, pinyinAsked, soundHad, toldInEnglish };
