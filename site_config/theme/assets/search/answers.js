// 怎么办：问的是什么，答案在哪一页，答案本身。
import { HAN, chinese, cities, english, englishActs, fill, load, manifest, phrasesOf, plain, toldInEnglish, waysOf } from "./index.js";
import { numberKeys, pathOf, pinyinAsked, simplified } from "./names.js";
import { actIn, placed, whereIn } from "./acts.js";

// 一页下面最多写几行
const LINES = 4;

// 怎么办：问法里有表中的一个说法，更长的说法更贴题，排在前面；问了哪里先给哪里的一页，没有问的，有公示和荣誉的各地都给。
// 只写一个地方的，给出那里的几页。区县归所在的市。asking 是哪一种文字的问法和页面。
// 得到 { found, beside, notes, cases, records, others, heading }：beside 说先列人和事，cases 是还要在记录里查的词，records 是接着列出的一栏，
// others 是下面没有写的各地的那一页，heading 是它们的标题。
function answersTo(query, asking, slug) {
  const { places, of_place: pages, situations, words, same, passing } = asking, forMe = pages.find(({ path }) => path.endsWith("/for-me/"));
  const answers = asking.answers.map(([title, page, tells, asked, cases, own, says, records]) => (/[*/]/.test(page)
    ? { title: page[0] === "*" ? fill(asking.of_topic.title, { title }) : title, path: page.replace("*", asking.of_topic.path.split("{")[0]), tells, asked, cases, says, records, of_place: own && (!own[1] ? { title: forMe.title + own[0], path: forMe.path } : own[1].includes("/") ? { title: own[0], path: own[1], register: own[2] } : ofTopic({ title: own[0], tells: own[1] }, asking.of_topic).of_place) }
    : ofTopic({ title, group: page, tells, asked, cases }, asking.of_topic)));
  // 英文按整个的词比，中文写在哪里都算。
  const own = asking.latin ? (text) => ` ${plain(text).replace(/[^a-z0-9]+/g, " ").trim()} ` : nameKey;
  // 每个说法要比许多遍，只化一遍。
  const alike = same.map(waysOf).flatMap(([first, ...others]) => others.map((way) => [own(way), own(first)])), keys = new Map();
  const key = (text) => keys.get(text) ?? keys.set(text, alike.reduce((said, [way, first]) => said.replaceAll(way, first), own(text))).get(text);
  const asked = key(query), parts = (way) => way.split("…").map(key);
  // 多久…申请：中间可以隔着别的字，先后不论；一样长的，先后相同的更贴题（多久申请、申请多久）。
  const saying = (ways) => ways.filter((way) => parts(way).every((part) => asked.includes(part)));
  const inOrder = (way) => parts(way).every((part, at, all) => !at || asked.indexOf(all[at - 1]) < asked.lastIndexOf(part));
  const closer = (a, b) => key(b).length - key(a).length || inOrder(b) - inOrder(a);
  const longest = (ways) => saying(ways).sort(closer)[0] ?? "";
  // 说到的情形，在“我能得到什么”里先选好。
  const told = situations.filter(([, ways]) => longest(waysOf(ways))).map(([choice]) => choice);
  const chosen = told.filter((choice, at) => told.findIndex((other) => other.split("=")[0] === choice.split("=")[0]) === at).join("&");
  const to = (path) => (chosen && path.endsWith("/for-me/") ? `${path}#${chosen}` : path);
  const here = ([slug, name]) => ({ title, path, kicker = words.answers, tells, ways }) => ({ title: fill(title, { name }), path: to(fill(path, { slug })), kicker, slug, name, tells, ways });
  const fits = ({ register }, place) => !register || place[3];
  const { missing: elsewhere, above, heads, inside, notes: missing } = whereIn(query, asking);
  const chosenPlace = places.find(([own]) => own === slug), called = [...new Set([...places.filter((place) => longest(place[2])), ...inside])];
  const districts = called.flatMap(([, name, ways]) => saying(ways.slice(2)).map((q) => fill(words.district, { q, name })));
  // 筛选条件里选了一个地方的，答的是那里；问的是别处的，不答。
  if (slug && (elsewhere.length || (called.length && !called.includes(chosenPlace)))) return { found: [], notes: [] };
  // 武汉见义勇为：和只写武汉的一样。
  const bare = asking.latin || /\s/.test(query.trim()) ? asked : asked.replace(passing[0], "") || asked;
  const left = [...heads, ...called.flatMap((place) => place[2])].map(key).sort((a, b) => b.length - a.length).reduce((text, way) => text.replaceAll(way, " "), bare);
  const pagesOf = (place) => pages.filter((page) => fits(page, place)).map(here(place));
  // 区县：正文里写到它的也给。
  // 几个地方同问的，先给并排的对照。
  const side = ({ path }) => path.endsWith("policies/compare/"), chosenIn = (path, all) => `${path}?at=${all.map(([own]) => own)}`;
  const together = called[1] && !heads.length ? answers.filter(side).map(({ title, path }) => ({ title, path: chosenIn(path, called), kicker: words.answers })) : [];
  if (called.length && !left.replace(RegExp(`${asking.levels}|[和与跟同及、,，/&]|\\b(?:and|or|vs)\\b`, "g"), "").trim()) return { found: [...together, ...called.flatMap(pagesOf)], exact: true, beside: districts.length > 0, notes: [...missing, ...districts] };
  // 城市没有收录、所在的省收录了的，省的规定在那里适用：当作问的是省。
  const named = [...new Set([...(chosenPlace ? [chosenPlace] : []), ...called, ...above])], registers = named.filter((place) => place[3]), kept = heads.length && registers.length ? registers : named;
  const ranked = answers.map((answer) => ({ ...answer, kicker: words.answers, way: longest(waysOf(answer.asked)), ways: saying(waysOf(answer.asked)) })).filter(({ way }) => way).sort((a, b) => closer(a.way, b.way))
    // “申请期限”里的“期限”不是另问公示多少天。
    .filter(({ way }, _, all) => !all.some((other) => key(other.way) !== key(way) && parts(other.way).some((part) => parts(way).every((own) => part.includes(own)))));
  // 几个地方并排的，打开时已经选好。
  for (const one of ranked) if (named[1] && side(one)) one.path = chosenIn(one.path, named);
  const among = (own) => (named.length ? named : places).filter((place) => fits({ register: !named.length || own.register }, place));
  const inPlaces = ({ of_place: own, tells, ways }) => (own ? among(own).map((place) => here(place)({ ...own, tells, ways })) : []);
  // 问的地方没有收录：先给省的、全国的规定；别的地方的数不是那里的，只给出去处。
  const away = elsewhere.length > 0 && !called.length, [first] = ranked, ruled = away && (first ? first.of_place && first.tells !== "telephones" && !first.path.includes("/quanguo/") : above.length);
  // 各地对照也是别的地方的。
  const compares = ({ path }) => away && !named.length && path.includes("/compare/");
  // 没有问哪里的，下面只写有公示和荣誉的各地：别处也给出去处。
  const apart = !first?.of_place ? [] : places.filter((place) => (away ? fits(first.of_place, place) && !above.includes(place) : !named.length && !first.of_place.register && !place[3]));
  const others = [...apart.map((place) => ({ name: place[1], path: here(place)(first.of_place).path })), ...(first?.of_place ? [first].filter(compares) : []).map(({ title: name, path }) => ({ name, path }))];
  const nation = ruled ? [{ title: words.nation, path: `${asking.latin ? "en/" : ""}policies/quanguo/` }, ...(first ? asking.nation : [])].map((page) => ({ ...page, path: to(page.path), kicker: words.answers })) : [];
  const found = first ? ranked.flatMap((answer, at) => {
    const further = at ? [] : nation;
    return named.length ? [...inPlaces(answer), ...further, answer] : compares(answer) ? further : at || away ? [...further, answer] : [answer, ...inPlaces(answer)];
  }) : [...(away ? above : []).flatMap(pagesOf), ...nation];
  const ways = [...ranked.map(({ asked: own }) => own), ...situations.map(([, own]) => own)].map(waysOf).concat(named.map(([, , own]) => own));
  const unused = found.length ? unusedIn(query, asking.latin, [...elsewhere, ...heads, ...(asking.latin ? [] : passing), ...ways.flatMap(saying).flatMap((way) => way.split("…"))], key) : [];
  const notes = [...missing, ...districts, ...(unused.length ? [fill(words.unused, { q: unused.join(words.and) })] : [])];
  const cases = ranked.filter(({ cases }) => cases).map(({ ways: own }) => [...kept.map(([, name]) => name), own.find((way) => !way.includes("…"))].join(" "))[0];
  // 问公示、荣誉的，列表之下列出那一栏的：问了一个有公示和荣誉的地方的，只列那里的。
  const listed = Boolean(asking.latin) === Boolean(toldInEnglish) && !elsewhere.length && !unused.length && kept.length < 2 && kept.every((place) => place[3]) && ranked[0]?.records;
  const records = listed ? { section: listed, slug: kept[0]?.[0] } : null;
  return { found, beside: !asking.latin && unused.length > 0, notes, cases: asking.latin ? "" : cases, records, others, heading: fill(away ? words.others : words.further, { n: apart.length }) };
}

// 筛选条件里选的城市，在网址里的写法；选“全国”的，是国家的规定所在。
export async function slugIn(filters) {
  const city = filters[(await manifest()).city];
  return city && ((await cities()).find(([, name]) => name === city)?.[0] ?? "quanguo");
}
// 筛选条件下还要的答案：选了栏目的，只要那个栏目的；选了“全国”的，只要国家的规定；别的条件只管记录。
export async function keptOf(found, filters) {
  const { folders, section, city } = await manifest(), nation = (await slugIn(filters)) === "quanguo";
  const fits = (path) => [undefined, folders[path.replace("en/", "").split("/")[0]] ?? folders[""]].includes(filters[section]) && (!nation || path.includes("/quanguo/"));
  return found.filter(({ path }) => Object.keys(filters).every((name) => name === section || name === city) && fits(path));
}

// 今天、明天、后天是哪一日，按北京时间，照公示的写法。
export function dayAsked(query) {
  const found = /[今明后](?=[天日晚])/.exec(query), day = found && new Date(Date.now() + 288e5 + "今明后".indexOf(found[0]) * 864e5);
  return day ? `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日` : "";
}

// 规定的一个主题，没有写各项的名称：各地对照在那一类的页上，各地的在规定里。
function ofTopic(answer, { of_place: own, ...form }) {
  const values = { ...answer, name: "{name}", slug: "{slug}" }, filled = (forms) => Object.fromEntries(Object.entries(forms).map(([name, text]) => [name, fill(text, values)]));
  return { ...answer, ...filled(form), of_place: filled(own) };
}

// 分开写的几个词里，没有用上的。英文的问法是句子，只看大写开头的：问的多半是别的地方。
function unusedIn(query, latin, ways, key) {
  const used = ways.map(key);
  const parts = latin ? query.split(/\W+/).slice(1).filter((word) => /^[A-Z][a-z]{2}/.test(word)) : phrasesOf(query);
  if (!latin && parts.length < 2) return [];
  return parts.filter((part) => !used.some((way) => key(part).includes(way) || way.includes(key(part))));
}

// 问的是什么：{ query, asking, found, beside, notes, cases, records, others, heading, act }。
// filters 是筛选条件。
// 没有汉字的照英文的表；在中文的页上，没有一个认得的英文词的，不当作英文；整句都是一类事和地方的（water rescue Wuhan），问的是记录，不是规定；是姓名拼音的，只查姓名。
export async function understood(query, filters = {}) {
  const latin = !RegExp(`[${HAN}]`, "u").test(query) && !pathOf(query) && (toldInEnglish || /[a-z]/i.test(query));
  const ask = (text, asking) => ofQuestion(placed(text, asking), asking, filters);
  if (!latin) return ask(await simplified(query), await chinese());
  if (await pinyinAsked(query)) return ofRecords(query, toldInEnglish ?? (await chinese()), "");
  const acts = await englishActs();
  if (acts) query = placed(query, acts);
  const act = acts && (await actIn(query, acts));
  if (act?.rows.length && !act.rest) return ofRecords(query, { ...acts, words: (toldInEnglish ?? (await chinese())).words }, query);
  const asking = await english(), said = asking && (await ask(query, asking));
  return said && (toldInEnglish || said.found.length || said.act.known) ? said : ask(query, await chinese());
}

// 整句都是一类事的（公交车司机晕倒）、写全的文号（武见义勇为公示〔2026〕12号），也不是问规定。
async function ofQuestion(query, asking, filters) {
  const act = await actIn(query, asking), said = (act.rows.length && !act.rest) || numberKeys(query) ? { found: [], notes: [] } : answersTo(query, asking, await slugIn(filters));
  return { query, asking, act, ...said, found: await keptOf(said.found, filters) };
}
const ofRecords = async (query, asking, asked) => ({ query, asking, act: await actIn(asked, asking), found: [], notes: [] });

// 各条下面写出答案本身：数、规定、电话。各地的写在一个文件里，只打开头几个（most）；取不到的，就只给那一页。
export async function withTold(found, { folder, words }, most) {
  const kinds = [...new Set(found.filter(({ slug, tells }) => slug && tells).map(({ tells }) => tells))].slice(0, most);
  const told = Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await load(`${folder}${kind}.json`).catch(() => ({}))])));
  return found.map((item) => {
    if (item.says) return { ...item, told: [["", item.says]] };
    // 写不下的，写到所问的那个词的在前：问误工费，先给写着误工的。题目里已有的词，哪一行都说的是它。都写得下的，照条文的次序。
    const lines = told[item.tells]?.[item.slug ?? "quanguo"] ?? [], own = item.ways?.map(plain).filter((way) => !plain(item.title).includes(way)) ?? [];
    const rank = (line) => line.length < 3 || own.some((way) => plain(line[1]).includes(way));
    const left = lines.length - LINES, values = { n: left, name: item.name ?? item.title };
    const first = left > 0 ? [...lines].sort((a, b) => rank(b) - rank(a)).slice(0, LINES) : lines, more = item.tells === "telephones" ? [fill(words.more_offices, values)] : ["", fill(words.more_rules, values), item.path];
    return { ...item, told: left > 0 ? [...first, ["", ...more]] : first };
  });
}
