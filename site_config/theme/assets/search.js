// 检索。页首的检索框得到焦点，或者打开检索页时才载入；不请求站外任何资源，不用 eval（CSP 只需 'wasm-unsafe-eval'）。
// 姓名、文号查“姓名文号簿”（几 KB）；正文由 Pagefind 分部检索，从最近的一部查起。分字的规则与 generator/spellings/han_words.py 相同。
const ROOT = new URL("../", import.meta.url).href;
const HAN = "㐀-䶿一-鿿豈-﫿\\u{20000}-\\u{323af}々〇";
const EVERY = "yyevery"; // 每篇末尾都有的一个词：只按条件筛选时查它
const PAGE = 10, FEW = 6, UNASKED = 4;

const fetched = new Map();
function load(path) {
  if (!fetched.has(path)) {
    const answer = fetch(ROOT + path).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${path}`);
      return response.json();
    });
    answer.catch(() => fetched.delete(path));
    fetched.set(path, answer);
  }
  return fetched.get(path);
}
const manifest = () => load("search/manifest.json");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- 字句 ----
const spaced = (text) => text.normalize("NFC").replace(RegExp(`[${HAN}]`, "gu"), " $& ").replace(/\s+/g, " ").trim();
const joined = (text) =>
  text.replace(RegExp(`\\s+(?=[${HAN}])`, "gu"), "").replace(RegExp(`([${HAN}])\\s+(?=[0-9A-Za-z])`, "gu"), "$1");
const phrasesOf = (query) => query.replace(/["“”]/g, " ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, 6);
const nameKey = (text) => text.normalize("NFKC").replace(/[\s·•・．.‧]+/g, "").toLowerCase();

// [年份与序号, 再加机关代字]：几个机关可以有同一个序号，写全了的只认那一个机关的。
function numberKeys(text) {
  const found = /^(.*?)[〔[(【]\s*(\d{4})\s*[〕\])】]\s*第?\s*0*(\d+)\s*号/.exec(text.normalize("NFKC"));
  return found && [`〔${found[2]}〕${found[3]}号`, `〔${found[2]}〕${found[3]}号${nameKey(found[1])}`];
}

function pathOf(text) {
  const found = /^((?:[a-z]+-)+(?:\d{6}-)?\d{4}-([hd]?)\d{4,5})$/.exec(text.normalize("NFKC").trim().toLowerCase());
  return found && `${{ h: "honours", d: "decisions" }[found[2]] ?? "notices"}/${found[1]}/`;
}

// ---- 姓名文号簿 ----
function bucketOf(key, count) {
  const lead = key.startsWith("〔") ? key : [...key].slice(0, 2).join("");
  let value = 0x811c9dc5;
  for (let at = 0; at < lead.length; at++) value = Math.imul(value ^ lead.charCodeAt(at), 0x01000193) >>> 0;
  return value % count;
}

async function lookUp(query) {
  const numbers = numberKeys(query), key = numbers ? numbers[0] : nameKey(query);
  if ([...key].length < 2 || key.length > 60) return [];
  const book = await load(`search/names/${bucketOf(key, (await manifest()).buckets)}.json`);
  const found = new Map(), number = numbers && (numbers[1] in book ? numbers[1] : key);
  for (const [name, entries] of Object.entries(book)) {
    if (number ? name !== number : !name.startsWith(key)) continue;
    for (const [date, path, title, kicker, state] of entries) found.set(path, { date, path, title, kicker, state });
  }
  // 正在公示的在前，其余新的在前。
  const { open } = await manifest(), isOpen = ({ state }) => state.startsWith(open);
  return [...found.values()].sort((a, b) => isOpen(b) - isOpen(a) || (a.date < b.date ? 1 : -1));
}

// 编号、文号只对应一页时，直接到那一页。
async function direct(query) {
  const path = pathOf(query);
  if (path) return (await fetch(ROOT + path, { method: "HEAD" })).ok ? path : null;
  if (!numberKeys(query)) return null;
  const found = await lookUp(query);
  return found.length === 1 ? found[0].path : null;
}

// 怎么办：问法里有表中的一个说法，或者恰是一个地方；更长的说法更贴题，排在前面。
async function answersTo(query) {
  const { answers, words } = await manifest(), asked = nameKey(query);
  const fit = ({ asked: ways = [], exactly = [] }) =>
    Math.max(0, ...[...ways.filter((way) => asked.includes(nameKey(way))), ...exactly.filter((way) => asked === nameKey(way))].map((way) => way.length));
  const found = answers.map((answer) => ({ ...answer, kicker: words.answers, fit: fit(answer) })).filter((answer) => answer.fit);
  return found.sort((a, b) => b.fit - a.fit);
}

// ---- 正文 ----
const engines = new Map();
let first;
function engineOf(part) {
  if (!engines.has(part.name)) {
    const start = async () => {
      const { createInstance } = await import(`${ROOT}pagefind/pagefind.js`);
      const basePath = `${ROOT}pagefind/${part.name}/`;
      const engine = createInstance({ basePath, baseUrl: "/", noWorker: true, metaCacheTag: part.name });
      await engine.search(""); // 等它就绪
      return engine;
    };
    // 引擎（wasm）只装一次：第一部装好以后，别的部才开始。
    engines.set(part.name, first ? first.then(start) : (first = start()));
  }
  return engines.get(part.name);
}

async function searchPart(part, phrases, filters, sort) {
  const engine = await engineOf(part);
  const order = { newest: { date: "desc" }, oldest: { date: "asc" } }[sort] || {};
  const terms = phrases.length ? phrases.map((phrase) => `"${spaced(phrase)}"`) : [EVERY];
  const [results, ...others] = (await Promise.all(terms.map((term) => engine.search(term, { filters, sort: order })))).map((found) => found.results);
  const ids = others.map((found) => new Set(found.map((result) => result.id)));
  return results.filter((result) => ids.every((set) => set.has(result.id)));
}

// 各部的先后；选了年份，只查有那一年的。
async function partsFor(filters, sort) {
  const { parts, year } = await manifest();
  const wanted = filters[year];
  const fits = (part) => !wanted || (part.since && part.since.slice(0, 4) <= wanted && wanted <= part.until.slice(0, 4));
  const chosen = parts.filter(fits);
  return sort === "oldest" ? chosen.reverse() : chosen;
}

// 逐部给出结果；调用者不再要，就不再载入。
async function* searchText(query, filters, sort) {
  const phrases = phrasesOf(query), parts = await partsFor(filters, sort);
  if (sort === "best") {
    const found = await Promise.all(parts.map((part) => searchPart(part, phrases, filters, sort)));
    yield { results: found.flat().sort((a, b) => b.score - a.score), next: null };
    return;
  }
  for (const [at, part] of parts.entries()) {
    yield { results: await searchPart(part, phrases, filters, sort), next: parts[at + 1] || null, part };
  }
}

async function shown(result, phrases) {
  const { raw_url: path, meta, content } = await result.data();
  return { path, ...meta, excerpt: excerptOf(joined(content.replace(EVERY, "")), phrases) };
}

// 摘录：[文字, 是否标出]，从第一处相符的前面一点开始。
function excerptOf(text, phrases) {
  const plain = text.toLowerCase(), hits = [];
  for (const phrase of phrases) {
    const word = joined(phrase.toLowerCase());
    for (let at = plain.indexOf(word); word && at >= 0; at = plain.indexOf(word, at + word.length)) hits.push([at, at + word.length]);
  }
  hits.sort((a, b) => a[0] - b[0]);
  const from = Math.max(0, (hits[0] || [0])[0] - 24), to = Math.min(text.length, from + 110);
  const pieces = [[from ? "…" : "", false]];
  let at = from;
  for (const [start, end] of hits) {
    if (start < at || end > to) continue;
    pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  }
  pieces.push([text.slice(at, to) + (to < text.length ? "…" : ""), false]);
  return pieces.filter(([words]) => words);
}

// ---- 画出来 ----
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function drawn({ path, title, kicker, state, excerpt }) {
  const item = make("li", { className: "yy-hit" }, make("p", { className: "yy-hit__kicker" }, kicker || ""));
  item.append(make("p", { className: "yy-hit__title" }, make("a", { href: ROOT + path }, title)));
  if (state) item.append(make("p", { className: "yy-hit__state" }, state));
  if (excerpt) {
    const words = excerpt.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
    item.append(make("p", { className: "yy-hit__text" }, ...words));
  }
  return item;
}

// ---- 页首的检索框：可用方向键选择的列表 ----
export function startBox(form) {
  const input = form.querySelector("input"), list = form.querySelector("[role=listbox]"), live = form.querySelector("[role=status]");
  let turn = 0, active = -1, timer;
  const options = () => list.querySelectorAll("[role=option]");
  const page = (query) => `${form.action}?q=${encodeURIComponent(query)}`;

  function close() {
    turn++;
    list.hidden = true;
    input.ariaExpanded = "false";
    choose(-1);
  }
  function choose(at) {
    active = at;
    options().forEach((option, number) => (option.ariaSelected = String(number === at)));
    const option = options()[at];
    option ? input.setAttribute("aria-activedescendant", option.id) : input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
  function offer(query, found, words) {
    const rows = found.map((item) => ({ href: ROOT + item.path, item }));
    rows.push({ href: page(query), item: { title: fill(words.everywhere, { q: query }) } });
    list.replaceChildren(
      ...rows.map(({ href, item }, at) => {
        const option = make("li", { id: `yy-option-${at}`, className: "yy-option", onclick: () => location.assign(href) });
        option.role = "option";
        option.setAttribute("role", "option");
        option.append(make("span", { className: "yy-option__title" }, item.title));
        if (item.kicker) option.append(make("span", { className: "yy-option__kicker" }, [item.kicker, item.state].filter(Boolean).join(" · ")));
        option.dataset.href = href;
        return option;
      }),
    );
    list.hidden = false;
    input.ariaExpanded = "true";
    choose(-1);
    live.textContent = found.length ? fill(words.found, { n: found.length }) : fill(words.none_yet, { q: query });
  }
  async function suggest() {
    const query = input.value.trim(), mine = ++turn;
    if (!query) return close();
    const { words } = await manifest();
    let found = [];
    const path = pathOf(query);
    if (path) found = (await direct(query)) ? [{ path, title: query, kicker: "", state: "" }] : [];
    else found = [...(await answersTo(query)), ...(await lookUp(query))].slice(0, FEW);
    // 一个字在哪里都有，不拿它在正文里猜。
    if (!found.length && !path && phrasesOf(query).some((phrase) => [...phrase].length > 1)) {
      for await (const { results, part } of searchText(query, {}, "newest")) {
        found.push(...(await Promise.all(results.slice(0, FEW - found.length).map((result) => shown(result, [])))));
        if (mine !== turn || found.length >= FEW || part.since) break; // 只查政策等和最近的一部
      }
    }
    if (mine === turn) offer(query, found, words);
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => suggest().catch(close), 180);
  });
  input.addEventListener("compositionend", () => suggest().catch(close));
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active + step > last ? -1 : active + step < -1 ? last : active + step);
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(options()[active].dataset.href);
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || setTimeout(close, 150));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const query = input.value.trim();
    if (!query) return;
    const path = await direct(query).catch(() => null);
    location.assign(path ? ROOT + path : page(query));
  });
  if (input.value) suggest().catch(close);
}

// ---- 检索页 ----
async function startPage(place) {
  const $ = (name) => place.querySelector(`[data-find=${name}]`);
  const form = $("form"), input = form.elements.q, sort = form.elements.sort, status = $("status"), list = $("results"), more = $("more");
  const { words, filters: facets } = await manifest();
  let turn = 0, next = null;

  for (const [name, values] of facets) {
    const select = make("select", { name }, make("option", { value: "" }, place.dataset.any));
    for (const [value, count] of values) select.append(make("option", { value }, `${value}（${count}）`));
    $("filters").append(make("label", { className: "yy-field" }, make("span", {}, name), select));
  }
  const selects = [...form.querySelectorAll("[data-find=filters] select:not([name=sort])")];
  const chosen = () => Object.fromEntries(selects.filter((select) => select.value).map((select) => [select.name, select.value]));

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of [input, sort, ...selects]) {
      field.value = asked.get(field.name) || (field === sort ? "newest" : "");
      if (field.value === "" && field === sort) field.value = "newest";
    }
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
    status.textContent = text;
  }

  async function run() {
    const query = input.value.trim(), filters = chosen(), mine = ++turn, filtered = Object.keys(filters).length > 0;
    list.replaceChildren();
    $("answers").replaceChildren();
    button();
    $("clear").hidden = !filtered;
    if (!query && !filtered) return tell("");
    if (!filtered && [...query].length < 2) return tell(words.short);
    tell(words.searching);
    if (!filtered) {
      const path = await direct(query);
      if (mine !== turn) return;
      if (path) return location.replace(ROOT + path);
      if (pathOf(query)) return tell(fill(words.no_page, { q: query }));
      const answers = await answersTo(query);
      if (mine !== turn) return;
      $("answers").replaceChildren(...answers.map(drawn));
      const found = await lookUp(query);
      if (mine !== turn) return;
      if (found.length) {
        let at = 0;
        const add = () => {
          list.append(...found.slice(at, at + PAGE * 2).map(drawn));
          at += PAGE * 2;
          if (at < found.length) button(words.more, add);
          else button(fill(words.everywhere, { q: query }), () => text(query, filters, mine, new Set(found.map((item) => item.path))));
        };
        add();
        return tell(fill(words.found, { n: found.length }));
      }
      // 问的已有答案：全文要查几部索引，愿意再查的才查。
      if (answers.length) {
        button(fill(words.everywhere, { q: query }), () => text(query, filters, mine, new Set()));
        return tell(fill(words.found, { n: answers.length }));
      }
    }
    return text(query, filters, mine, new Set());
  }

  async function text(query, filters, mine, seen) {
    const phrases = phrasesOf(query), waiting = [], turns = searchText(query, filters, sort.value);
    let count = seen.size, ahead = null, over = false;
    async function step() {
      let opened = 0, drew = 0;
      tell(words.searching);
      button();
      while (!over && waiting.length < PAGE && opened < (count > 0 ? 2 : UNASKED)) {
        const { value, done } = await turns.next();
        if (mine !== turn) return;
        if (done) { over = true; break; }
        waiting.push(...value.results);
        count += value.results.length;
        ahead = value.next;
        over = !ahead;
        opened++;
      }
      const batch = (await Promise.all(waiting.splice(0, PAGE).map((result) => shown(result, phrases)))).filter((item) => !seen.has(item.path) || !count--);
      if (mine !== turn) return;
      list.append(...batch.map(drawn));
      drew = batch.length;
      const rest = waiting.length > 0 || !over;
      if (waiting.length) button(words.more, step);
      else if (!over) button(sort.value === "oldest" ? fill(words.newer, ahead) : fill(words.older, ahead), step);
      if (count) tell(fill(over ? words.found : words.found_more, { n: count }));
      else tell(fill(rest ? words.none_yet : words.none, { q: query }));
      return drew;
    }
    return step();
  }

  const start = () => run().catch(() => { button(); tell(words.failed); });
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); start(); });
  form.addEventListener("change", (event) => { if (event.target !== input) { remember(); start(); } });
  $("clear").addEventListener("click", () => { selects.forEach((select) => (select.value = "")); remember(); start(); input.focus(); });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    try {
      await next();
    } catch {
      tell(words.failed);
    }
    list.children[before]?.querySelector("a").focus(); // 焦点移到新出现的第一条
  });
  addEventListener("popstate", () => { read(); start(); });
  $("filters").hidden = false;
  read();
  start();
}

const box = document.getElementById("yy-search");
if (box) startBox(box);
const place = document.getElementById("yy-find");
if (place) startPage(place);
