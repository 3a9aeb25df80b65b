// 检索。页首的检索框得到焦点，或者打开检索页时才载入；不请求站外任何资源，不用 eval，不用 wasm。
// 先查“词表”（search/words/）：问的字在哪几块；再打开那几块（search/texts/），核对原文，列出结果。一次查询只动几个小文件。
// 分字的规则与 generator/spellings/han_words.py 相同，字码与 generator/outputs/search/word_codes.py 相同。
const ROOT = new URL("../", import.meta.url).href;
const HAN = "㐀-䶿一-鿿豈-﫿\\u{20000}-\\u{323af}々〇";
const LETTERS = "BCDFGHJKLMNPQRSTWXZbcdfghjklmnpqrstwxz";
const NAMED = "\x1e", WITH = "\x1f", SOUND = "\x1d"; // 姓名、文号前；筛选条件前；读音前
// 读音：声母、其余部分，与 generator/spellings/sounds.py 相同。
const INITIALS = ["", ..."b p m f d t n l g k h j q x zh ch sh r z c s y w".split(" ")];
const FINALS = "a ian ai iang an iao ang ie ao in e ing ei iong en iu eng ong er i o ia ou ua uo uai u uan ui un uang v ve ue".split(" ");
const READ = RegExp(`^(?:(?:${INITIALS.join("|")})(?:${FINALS.join("|")}|ü|üe|ün|üan)){2,9}$`); // 可以读作几个字的字母
const FIRST_UNDATED = code(((Date.UTC(2101, 0, 1) - Date.UTC(1900, 0, 1)) / 864e5) * 16, 4); // 规定、说明没有日期，排在最后
const PAGE = 10, FEW = 6, MOST_WORDS = 6;
const SMALL = /\b(?:in|of|the|an?|for|to|and|at|from|by|who|rescue[ds]?|rescuing|saved?|saving|people|person|accident)\b/g; // 英文里不单独查的词
const MOST_TOLD = 3, LINES = 3; // 最多打开几个写着答案的文件；一页下面最多写几行
const MANY = 40, AT_ONCE = 4, UNASKED = 12; // 多少块算多；要看更多时，一次打开几块；没有结果时最多打开几块

const fetched = new Map();
function load(path, read = "json") {
  if (!fetched.has(path)) {
    const answer = fetch(ROOT + path).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${path}`);
      return response[read]();
    });
    answer.catch(() => fetched.delete(path));
    fetched.set(path, answer);
  }
  return fetched.get(path);
}
// 检索页里写着总表，英文的检索页里还有英文的说法；别处要用才取。
const inPage = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
const told = inPage("yy-find-manifest"), toldInEnglish = inPage("yy-find-english");
const manifest = async () => told || load("search/manifest.json");
const english = async () => toldInEnglish || ((await manifest()).english.length ? load("search/english.json") : null);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- 字句 ----
const plain = (text) => text.normalize("NFKC").toLowerCase();
const nameKey = (text) => plain(text).replace(/[\s·•・．.‧]+/g, "");
const phrasesOf = (query) => plain(query).replace(/["“”]/g, " ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, MOST_WORDS);

// 一句问话用来查词表的词：隔一个字取两字，末尾两字总在其内。
function wordsOf(phrase) {
  const words = [];
  for (const run of phrase.match(RegExp(`[${HAN}0-9a-zà-ɏ]+`, "gu")) || []) {
    const units = run.match(RegExp(`[${HAN}]|[0-9a-zà-ɏ]+`, "gu"));
    if (units.length === 1 && !RegExp(`[${HAN}]`, "u").test(run)) words.push(run);
    for (let at = 0; at < units.length - 1; at += 2) words.push(units[at] + units[at + 1]);
    if (units.length > 2 && units.length % 2) words.push(units.at(-2) + units.at(-1));
  }
  return words;
}

// [年份与序号, 再加机关代字]：几个机关可以有同一个序号，写全了的只认那一个机关的。
// 各样括号、空格都认；没有括号的，要写出“号”；有括号的，“号”可以不写。
function numberKeys(text) {
  const written = text.normalize("NFKC").trim();
  const found = /^(.*?)[〔[(【]\s*(\d{4})\s*[〕\])】]\s*第?\s*0*(\d+)\s*号?$/.exec(written) ?? /^(.*?)\s*((?:19|20)\d{2})年?[\s-]*第?\s*0*(\d+)\s*号$/.exec(written);
  return found && [`〔${found[2]}〕${found[3]}号`, `〔${found[2]}〕${found[3]}号${nameKey(found[1])}`];
}

function pathOf(text) {
  const found = /^((?:[a-z]+-)+(?:\d{6}-)?\d{4}-([hd]?)\d{4,5})$/.exec(text.normalize("NFKC").trim().toLowerCase());
  return found && `${{ h: "honours", d: "decisions" }[found[2]] ?? "notices"}/${found[1]}/`;
}

// ---- 词表 ----
function mixed(text) {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

function code(number, letters) {
  let found = "";
  for (let left = letters; left; left--) {
    found = LETTERS[number % LETTERS.length] + found;
    number = Math.floor(number / LETTERS.length);
  }
  return found;
}

const numberOf = (letters) => [...letters].reduce((sum, letter) => sum * LETTERS.length + LETTERS.indexOf(letter), 0);

function fileOf(word, files) {
  const named = word.replace(NAMED, "");
  const lead = named.startsWith("〔") ? named.slice(0, named.indexOf("号") + 1) : [...named].slice(0, 2).join("");
  return mixed(named === word ? word : lead) % files;
}

// 含有一个词的各块，新的在前。读音在哪个文件里，由字码定：块里只有它的字码。
async function blocksWith(word) {
  const { files } = await manifest(), number = mixed(word) % LETTERS.length ** 5;
  const file = word.startsWith(SOUND) ? number % files : fileOf(word, files);
  const lines = `\n${await load(`search/words/${file}.txt`, "text")}`;
  const at = lines.indexOf(`\n${code(number, 5)}`);
  return at < 0 ? [] : lines.slice(at + 6, lines.indexOf("\n", at + 6)).match(/.{4}/g);
}

async function recordsOf(block) {
  const { open: [status, label], section, order, groups } = await manifest();
  return (await load(`search/texts/${numberOf(block)}.json`)).map(([path, date, title, kicker, state, values, text, named, sounds]) => {
    const filters = Object.fromEntries(values.map((own, at) => [order[at], [own].flat()]));
    const open = Boolean(filters[status]?.includes(label));
    const all = plain([title, kicker, text, ...Object.values(filters).flat()].join("\n"));
    // 正在公示、即将公示的自成一类，其余的按栏目。
    const group = filters[status]?.find((own) => groups.some(([name]) => name === own)) ?? filters[section]?.[0];
    return { path, date, title, kicker, state, filters, text, named, sounds, open, all, group };
  });
}

// 一次查询：词、怎样才算、先后。take(n) 打开后面的几块，给出其中的结果；正在公示的各块在前，没有日期的在后。
// 先只查头一个词；块太多、有筛选条件，或者打开的一块里没有，才取其余的词，只留下样样都有的块。
async function question([first, ...others], fits, oldest = false) {
  const { open: [, , codes] } = await manifest(), open = new Set(codes.match(/.{4}/g));
  let blocks = first ? await blocksWith(first) : [], whole = !others.length, count = 0;
  const narrow = async () => {
    whole = true;
    for (const found of await Promise.all(others.map(blocksWith))) {
      const set = new Set(found);
      blocks = blocks.filter((block) => set.has(block));
    }
  };
  if (!whole && (blocks.length > MANY || others.some((word) => word.startsWith(WITH)))) await narrow();
  const undated = (block) => block >= FIRST_UNDATED;
  const newerBlock = (a, b) => undated(a) - undated(b) || (!oldest && open.has(b) - open.has(a)) || (a > b === (oldest && !undated(a)) ? 1 : -1);
  const newer = (a, b) => (!oldest && b.open - a.open) || (a.date === b.date ? 0 : (a.date < b.date) === oldest ? -1 : 1);
  blocks.sort(newerBlock);
  return {
    get over() { return !blocks.length; },
    get rules() { return blocks.length > 0 && undated(blocks[0]); },
    get count() { return count; },
    async take(most) {
      const dated = blocks.findIndex(undated), end = dated > 0 ? Math.min(most, dated) : most;
      const hits = (await Promise.all(blocks.splice(0, end).map(recordsOf))).flat().filter(fits);
      if (!hits.length && !whole && blocks.length) await narrow();
      count += hits.length;
      return hits[0]?.date ? hits.sort(newer) : hits;
    },
  };
}

// 地名、类型等筛选条件的值：到处都有。
async function common() {
  const { filters } = await manifest();
  return new Set(filters.flatMap(([, values]) => values.map(([value]) => plain(value))));
}

// ---- 姓名、文号 ----
// 姓周、周姓、姓欧阳的；只写一个字，也当作姓。
function surnameIn(query) {
  const found = RegExp(`^(?:姓([${HAN}]{1,2}?)的?人?|([${HAN}]{1,2})姓|([${HAN}]))$`, "u").exec(nameKey(query));
  return found && (found[1] || found[2] || found[3]);
}

async function named(query) {
  const parts = phrasesOf(query), places = await common();
  const numbers = numberKeys(query);
  if (!numbers && parts.length > 1 && parts.some((part) => places.has(part))) return null; // 武汉 落水：不是姓名
  const surname = surnameIn(query), keys = surname ? [surname] : numbers ? [numbers[1], numbers[0]] : [nameKey(query)];
  if ((!surname && [...keys[0]].length < 2) || keys[0].length > 60) return null;
  // 单位的名称比人的姓名长。
  const fits = (own, key) => (numbers ? own === key : own.startsWith(key) && (!surname || [...own].length < 5));
  for (const key of keys) {
    if (!(await blocksWith(NAMED + key)).length) continue;
    const asked = await question([NAMED + key], ({ named }) => named.some((own) => fits(own, key)));
    if (!numbers) return Object.assign(asked, { surname, excerpt: (hit) => namesIn(hit, key, (own) => fits(own, key)) });
    // 机关代字写了而没有这一件的，列出别的机关同年同号的，写明是哪个机关的。
    const elsewhere = key !== numbers[1], written = (own) => own.slice(key.length) + key;
    const excerpt = ({ named }) => (elsewhere ? [[named.filter((own) => own !== key && own.startsWith(key)).map(written).join("、"), false]] : []);
    return Object.assign(asked, { elsewhere, excerpt });
  }
  return null;
}

// 标题里没有写出的姓名，照正文的写法（阿迪力·买买提），标出问的那几个字。
function namesIn({ named, text, title }, key, fits) {
  const written = (own, place) => RegExp([...own].map((letter) => `\\u{${letter.codePointAt(0).toString(16)}}`).join("[\\s·•・．.‧]*"), "iu").exec(place)?.[0] ?? own;
  const found = named.filter((own) => fits(own) && !nameKey(title).includes(own)).slice(0, FEW);
  return found.flatMap((own, at) => {
    const name = written(own, text), asked = written(key, name);
    return [[at ? "、" : "", false], [asked, true], [name.slice(asked.length), false]];
  });
}

// 国标一、二级汉字，按国标的次序。
let usual;
function gb2312() {
  const byte = (_, at) => (at % 2 ? 0xa1 + ((at >> 1) % 94) : 0xb0 + Math.floor(at / 188));
  return (usual ??= [...new TextDecoder("gbk").decode(Uint8Array.from({ length: 72 * 94 * 2 }, byte))]);
}

// 它们的读音：几个字读音相同的写作一处。一级汉字的写在检索页里，二级汉字的要用才取；页首的检索框没有，只认拼音。
const COMMON = 40 * 94, readings = new Map();
function readSounds(table, cell) {
  for (const [, initial, final, count] of table.matchAll(/([A-Za-z])([A-Za-z])(\d*)/g)) {
    for (const end = cell + Number(count || 1); cell < end; cell++) {
      if (initial !== "z") readings.set(gb2312()[cell], INITIALS[LETTERS.indexOf(initial)] + FINALS[LETTERS.indexOf(final)]);
    }
  }
}

// 一个姓名的读音，不带声调；有字不知道读音的，为空。
async function soundOf(name) {
  const common = document.getElementById("yy-find-sounds");
  if (!common) return "";
  if (!readings.size) readSounds(common.textContent, 0);
  const letters = [...name], unread = letters.filter((letter) => !readings.has(letter));
  if (unread.length && unread.every((letter) => gb2312().includes(letter))) readSounds(await load("search/sounds.txt", "text"), COMMON);
  const read = letters.map((letter) => readings.get(letter));
  return read.includes(undefined) ? "" : read.join("");
}

// 字写得不同、读音相同的：程立坤、chenglikun 都找得到程立堃。只问一个姓名的才试。
async function soundAsked(query) {
  const key = nameKey(query).replace(/['’-]/g, "");
  const sound = READ.test(key) && key.length > 3 ? key.replaceAll("ü", "v") : RegExp(`^[${HAN}]{2,8}$`, "u").test(key) ? await soundOf(key) : "";
  return sound && (await blocksWith(SOUND + sound)).length ? sound : "";
}

async function alikeInSound(query) {
  const sound = await soundAsked(query);
  if (!sound) return null;
  const own = code(mixed(SOUND + sound) % LETTERS.length ** 5, 5), { words } = await manifest();
  const asked = await question([SOUND + sound], ({ sounds }) => sounds.match(/.{5}/g)?.includes(own));
  const take = async (most) => {
    const hits = await asked.take(most);
    for (const hit of hits) {
      // 题目里没有写出姓名的（等11人），写明是哪一个。
      const read = hit.named.some((own) => hit.title.includes(own)) ? [] : await Promise.all(hit.named.map(soundOf));
      hit.kicker = `${words.sounds} · ${hit.kicker}`;
      hit.namesakes = namesIn(hit, "", (name) => read[hit.named.indexOf(name)] === sound);
    }
    return hits;
  };
  return { take, sound, excerpt: (hit) => hit.namesakes, get over() { return asked.over; }, get rules() { return asked.rules; }, get count() { return asked.count; } };
}

// ---- 用别的文字问的 ----
const isLatin = (query) => /[a-z]/i.test(query) && !/[^\x20-\x7e]/.test(query) && !pathOf(query);

// 用英文问的，换成中文：water rescue Wuhan → 水中救人 武汉。问到哪一类事的，别的英文词（child）不查；只问到地方的，可能是姓名。
async function inChinese(query) {
  if (!isLatin(query)) return simplified(query);
  const { english, places } = await manifest(), kinds = english.filter(([, word]) => !places.some(([, name]) => name === word));
  const found = english.reduce((text, [way, word]) => text.replace(RegExp(`\\b${way}\\b`, "g"), ` ${word} `), query.toLowerCase());
  if (!RegExp(`[${HAN}]`, "u").test(found)) return query;
  return found.replace(kinds.some(([, word]) => found.includes(word)) ? /[a-z]+/g : SMALL, " ").trim().replace(/\s+/g, " ");
}

// 用繁体字问的，换成简体：見義勇為、張偉。表的写法见 generator/outputs/search/traditional.py。
async function simplified(query) {
  const common = new Set(gb2312()), rare = RegExp(`[${HAN}]`, "u");
  if ([...query].every((letter) => common.has(letter) || !rare.test(letter))) return query;
  const plain = new Map();
  let from = 0x4e00;
  for (const [, step, place] of (await load("search/traditional.txt", "text")).matchAll(/(..)(...)/g)) {
    plain.set(String.fromCodePoint((from += numberOf(step))), gb2312()[numberOf(place)]);
  }
  return [...query].map((letter) => plain.get(letter) ?? letter).join("");
}

// 编号、文号只对应一页时，直接到那一页。
async function direct(query) {
  const path = pathOf(query);
  if (path) return (await fetch(ROOT + path, { method: "HEAD" })).ok ? path : null;
  if (!numberKeys(query)) return null;
  const asked = await named(query), hits = asked ? await asked.take(1) : [];
  return hits.length === 1 && asked.over && !asked.elsewhere ? hits[0].path : null;
}

// 怎么办：问法里有表中的一个说法，更长的说法更贴题，排在前面；问了哪里先给哪里的一页，没有问的，有公示和荣誉的各地都给。
// 只写一个地方的，给出那里的几页。区县归所在的市。asking 是哪一种文字的问法和页面。
// 得到 { found, beside, notes, cases }：beside 说先列人和事，cases 是还要在记录里查的词。
async function answersTo(query, asking) {
  const { places, of_place: pages, situations, words, same, passing = [] } = asking;
  const answers = asking.answers.map((answer) => (answer.path ? answer : ofTopic(answer, asking.of_topic)));
  // 英文按整个的词比，中文写在哪里都算。
  const own = asking.latin ? (text) => ` ${plain(text).replace(/[^a-z0-9]+/g, " ").trim()} ` : nameKey;
  const key = (text) => same.reduce((found, [first, ...others]) => others.reduce((said, way) => said.replaceAll(own(way), own(first)), found), own(text));
  const asked = key(query), parts = (way) => way.split("…").map(key);
  // 多久…申请：中间可以隔着别的字，先后不变。英文的词首尾各有空格，相连的两个词共用一个。
  const says = (way) => {
    let from = 0;
    return parts(way).every((part) => (from = asked.indexOf(part, from) + part.length - 1) >= part.length - 1);
  };
  const saying = (ways) => ways.filter(says);
  const longest = (ways) => saying(ways).sort((a, b) => b.length - a.length)[0] ?? "";
  // 说到的情形，在“我能得到什么”里先选好。
  const told = situations.filter(({ asked: ways }) => longest(ways)).map(({ choice }) => choice);
  const chosen = told.filter((choice, at) => told.findIndex((other) => other.split("=")[0] === choice.split("=")[0]) === at).join("&");
  const to = (path) => (chosen && path.endsWith("/for-me/") ? `${path}#${chosen}` : path);
  const here = ([slug, name]) => ({ title, path, kicker = words.answers, tells, ways }) => ({ title: fill(title, { name }), path: to(fill(path, { slug })), kicker, slug, tells, ways });
  const fits = ({ register }, place) => !register || place[3];
  const district = ([, name, ways], way) => (!asking.latin && ways.indexOf(way) > 1 ? [fill(words.district, { q: way, name })] : []);
  const exact = places.find(([, , ways]) => ways.some((way) => key(way) === asked));
  if (exact) {
    const notes = district(exact, query);
    // 区县：正文里写到它的也给。
    return { found: pages.filter((page) => fits(page, exact)).map(here(exact)), beside: notes.length > 0, notes };
  }
  const named = places.filter(([, , ways]) => longest(ways));
  const ranked = answers.map((answer) => ({ ...answer, kicker: words.answers, way: longest(answer.asked), ways: saying(answer.asked) })).filter(({ way }) => way).sort((a, b) => b.way.length - a.way.length)
    // “申请期限”里的“期限”不是另问公示多少天。
    .filter(({ way }, _, all) => !all.some((other) => key(other.way) !== key(way) && parts(other.way).some((part) => parts(way).every((own) => part.includes(own)))));
  const found = ranked.flatMap(({ of_place: own, ...answer }, at) => {
    const among = own ? (named.length ? named : at ? [] : places).filter((place) => fits({ register: !named.length || own.register }, place)) : [];
    const there = among.map((place) => here(place)({ ...own, tells: answer.tells, ways: answer.ways }));
    return named.length ? [...there, answer] : [answer, ...there];
  });
  const ways = [...ranked, ...situations].map(({ asked: own }) => own).concat(named.map(([, , own]) => own));
  const unused = ranked.length ? unusedIn(query, asking.latin, [...passing, ...ways.flatMap(saying).flatMap((way) => way.split("…"))], key) : [];
  const notes = [...named.flatMap((place) => district(place, longest(place[2]))), ...(unused.length ? [fill(words.unused, { q: unused.join(words.and) })] : [])];
  const cases = ranked.filter(({ cases }) => cases).map(({ ways: own }) => [...named.map(([, name]) => name), own.find((way) => !way.includes("…"))].join(" "))[0];
  return { found, beside: !asking.latin && unused.length > 0, notes, cases: asking.latin ? "" : cases };
}

// 规定的一个主题：各地对照在那一类的页上，各地的在规定里。
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

// 用英文问、英文里有答案的，给英文的页；别的按中文查。整句都能换成中文的（water rescue Wuhan）、是姓名拼音的，问的是记录。
async function understood(query) {
  const all = await manifest(), chinese = await inChinese(query);
  const ofRecords = !/[a-z]/i.test(chinese) && !all.places.some(([, name]) => name === chinese);
  const asking = isLatin(query) && !ofRecords && !(await soundAsked(query)) ? await english() : null;
  const inEnglish = asking && (await answersTo(query, asking));
  if (inEnglish?.found.length) return { query, asking, ...inEnglish };
  return { query: chinese, asking: all, ...(await answersTo(chinese, all)) };
}

// 各条下面写出答案本身：数、规定、电话。各地的写在一个文件里，只打开头几个；取不到的，就只给那一页。
async function withTold(found, { folder, words }) {
  const kinds = [...new Set(found.filter(({ slug, tells }) => slug && tells).map(({ tells }) => tells))].slice(0, MOST_TOLD);
  const told = Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await load(`${folder}${kind}.json`).catch(() => ({}))])));
  return found.map((item) => {
    if (item.says) return { ...item, told: [["", item.says]] };
    // 有数的在前，其次是写到所问的那个词的：问误工费，先给写着误工的。
    const lines = (item.slug && told[item.tells]?.[item.slug]) || [], rank = ([figure, text]) => (figure ? 2 : 0) + (item.ways?.some((way) => plain(text).includes(plain(way))) ? 1 : 0);
    const left = lines.length - LINES, more = item.tells === "telephones" ? words.more_offices : words.more_rules;
    const first = [...lines].sort((a, b) => rank(b) - rank(a)).slice(0, LINES);
    return { ...item, told: left > 0 ? [...first, ["", fill(more, { n: left })]] : first };
  });
}

// ---- 正文 ----
async function inText(query, filters = {}, oldest = false) {
  const phrases = phrasesOf(query), asked = Object.entries(filters), places = await common();
  // 与别的词同问时，不靠到处都有的查，只拿它们核对。
  const telling = phrases.filter((phrase) => !places.has(phrase));
  // 每句取头一个词，末句再取末一个词，就够少了；其余到原文里核对。
  const own = (telling.length ? telling : phrases).map(wordsOf), last = own.at(-1)?.at(-1);
  const words = [...new Set([...own.map(([first]) => first), last])].filter(Boolean).slice(0, MOST_WORDS);
  words.push(...asked.map(([name, value]) => `${WITH}${name}=${value}`));
  return question(words, ({ all, filters }) => phrases.every((phrase) => all.includes(phrase)) && asked.every(([name, value]) => filters[name]?.includes(value)), oldest);
}

// 没有找到：换个说法，或者几个词分开查。
async function instead(query, missing) {
  const { alike, passing } = await manifest(), asked = phrasesOf(query), found = [];
  const phrases = asked.filter((phrase) => !missing.includes(phrase)); // 哪里都没有的词，换了也没有
  if (missing.length && phrases.length > 1) found.push(phrases.join(" "));
  const bare = passing.reduce((text, word) => text.replaceAll(word, " "), query).trim(); // 未成年人见义勇为 → 未成年人
  if (bare !== query && [...bare].length > 1) found.push(bare);
  phrases.forEach((phrase, at) => {
    for (const group of alike.filter((group) => group.some((way) => phrase.includes(way)))) {
      const way = group.find((way) => phrase.includes(way));
      for (const other of group) if (other !== way) found.push(phrases.map((own, number) => (number === at ? own.replace(way, other) : own)).join(" "));
    }
  });
  if (asked.length > 1) found.push(...phrases.filter((phrase) => [...phrase.replace(SMALL, "")].length > 1));
  return [...new Set(found)].filter((way) => way !== query).slice(0, FEW);
}

// 几个词里，哪些哪里都没有。
async function nowhere(query) {
  const phrases = phrasesOf(query), found = await Promise.all(phrases.map(async (phrase) => (await Promise.all(wordsOf(phrase).map(blocksWith))).every((blocks) => blocks.length)));
  return phrases.length > 1 ? phrases.filter((_, at) => !found[at]) : [];
}

// 摘录：[文字, 是否标出]，从第一处相符的前面一点开始。
function excerptOf(text, phrases) {
  const small = text.toLowerCase(), hits = [];
  for (const phrase of phrases) {
    for (let at = small.indexOf(phrase); at >= 0; at = small.indexOf(phrase, at + phrase.length)) hits.push([at, at + phrase.length]);
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

function toldLine([figure, text, source, path]) {
  const line = make("p", { className: "yy-hit__told" });
  if (figure) line.append(make("strong", {}, figure), " ");
  line.append(text);
  if (source) line.append(" ", make("a", { href: path.startsWith("tel:") ? path : ROOT + path }, source));
  return spoken(line);
}

// 英文的检索页：链接说明做了什么、在哪里，原来的标题在下面。
function inEnglish(hit) {
  const [, id] = hit.path.split("/"), place = toldInEnglish?.places.find(([slug]) => id.startsWith(`${slug}-`));
  if (!place || !hit.date) return hit;
  const { deeds, states, words } = toldInEnglish, deed = Object.values(hit.filters).flat().flatMap((value) => deeds[value] ?? []).join("; ");
  // 公示至 2026年11月30日 24:00；还没有开始的，前面另有一个日子。
  const days = [...hit.state.matchAll(/(\d{4})年(\d+)月(\d+)日(?: (\d\d:\d\d))?/g)].map(([, year, month, day, time]) => {
    const date = new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return time ? `${date}, ${time}` : date;
  });
  const dated = days.length && fill(days.length > 1 ? words.from_until : words.until, { opens: days[0], closes: days.at(-1) });
  const title = fill(words.record, { deed: deed || words.deed, city: place[1], id });
  return { ...hit, title, kicker: hit.title, state: dated || states[hit.state] || hit.state };
}

// 英文的页上，写着中文的注明是中文。
function spoken(element) {
  if (toldInEnglish && RegExp(`[${HAN}]`, "u").test(element.textContent)) element.lang = "zh-CN";
  return element;
}

function drawn({ path, title, kicker, state, excerpt, told = [] }) {
  const item = make("li", { className: "yy-hit" });
  if (kicker) item.append(spoken(make("p", { className: "yy-hit__kicker" }, kicker)));
  item.append(make("p", { className: "yy-hit__title" }, make("a", { href: ROOT + path }, title)));
  if (state) item.append(make("p", { className: "yy-hit__state" }, state));
  if (excerpt?.length) {
    const words = excerpt.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
    item.append(spoken(make("p", { className: "yy-hit__text" }, ...words)));
  }
  item.append(...told.map(toldLine));
  return item;
}

// ---- 页首的检索框：可用方向键选择的列表 ----
export function startBox(form) {
  const input = form.querySelector("input"), list = form.querySelector("[role=listbox]"), live = form.querySelector("[role=status]");
  let turn = 0, active = -1, timer;
  // 没有脚本就没有这份清单，浏览器自己的提示照旧。
  Object.assign(input, { autocomplete: "off", autocapitalize: "off", spellcheck: false, ariaAutoComplete: "list" });
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
  function offer(query, found, words, note) {
    const rows = found.map((item) => ({ href: ROOT + item.path, item: note ? { ...item, kicker: fill(note, { q: query, n: found.length }) } : item }));
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
    live.textContent = found.length ? fill(note ?? words.found, { q: query, n: found.length }) : fill(words.none_yet, { q: query });
  }
  async function suggest() {
    const written = input.value.trim(), mine = ++turn;
    if (!written) return close();
    const { query, asking: { words }, found: answers } = await understood(written);
    let found = [], note;
    const path = pathOf(query);
    if (path) found = (await direct(query)) ? [{ path, title: query, kicker: "", state: "" }] : [];
    else {
      const asked = await named(query);
      found = [...answers, ...(asked ? await asked.take(1) : [])].slice(0, FEW);
      if (asked?.elsewhere) note = words.other_organ;
    }
    // 一个字在哪里都有，不拿它在正文里猜。
    if (!found.length && !path && phrasesOf(query).some((phrase) => [...phrase].length > 1)) {
      const asked = await inText(query);
      while (mine === turn && !found.length && !asked.over) found = (await asked.take(1)).slice(0, FEW);
      const alike = found.length || mine !== turn ? null : await alikeInSound(query);
      if (alike) found = (await alike.take(1)).slice(0, FEW);
    }
    if (mine === turn) offer(query, found, words, note);
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
  const all = await manifest(), { groups, filters: facets, order } = all;
  const page = { ...all.words, ...toldInEnglish?.words };
  let turn = 0, next = null, translated = "", words = page;

  // 英文的页上，城市、状态、类型和栏目用英文；称号没有译名。
  const cities = all.places.map(([slug, name]) => [name, toldInEnglish?.places.find(([own]) => own === slug)?.[1]]);
  const sections = groups.map(([name], at) => [name, toldInEnglish?.sections[at]]);
  const inWords = toldInEnglish ? { ...toldInEnglish.deeds, ...toldInEnglish.states, ...Object.fromEntries([...cities, ...sections]) } : {};
  for (const [name, values] of facets) {
    const select = make("select", { name }, make("option", { value: "" }, place.dataset.any));
    for (const [value, count] of values) select.append(inWords[value] ? make("option", { value }, `${inWords[value]} (${count})`) : make("option", { value, lang: "zh-CN" }, `${value}（${count}）`));
    const label = toldInEnglish?.order[order.indexOf(name)] ?? name;
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
    status.dataset.asked = input.value; // 印在纸上的，写明查的是什么
  }
  // 结果按类分开：正在公示、公示、荣誉、决定、规定、说明。后来的接在自己一类的后面。
  function draw(hits) {
    const items = hits.map((hit) => {
      const item = drawn(inEnglish(hit)), own = groupOf(hit.group), later = sort.value === "oldest";
      item.dataset.date = hit.date;
      const after = ({ dataset: { date } }) => (later ? date > hit.date : date < hit.date);
      own.insertBefore(item, hit.date ? [...own.children].find(after) || null : null);
      return item;
    });
    return items[0];
  }
  function groupOf(name) {
    const at = Math.max(0, groups.findIndex(([own]) => own === name)), found = list.querySelector(`[data-group="${at}"] ol`);
    if (found) return found;
    const own = make("ol", { className: "yy-hits" });
    const section = make("section", { className: "yy-hitgroup" }, make("h2", {}, toldInEnglish?.groups[at] ?? groups[at][1]), own);
    section.dataset.group = at;
    list.insertBefore(section, [...list.children].find((other) => Number(other.dataset.group) > at) || null);
    return own;
  }

  async function run() {
    const written = input.value.trim(), filters = chosen(), mine = ++turn, filtered = Object.keys(filters).length > 0;
    for (const name of ["results", "answers", "instead"]) $(name).replaceChildren();
    button();
    $("clear").hidden = !filtered;
    // 列表等结果出来再跟在后面：先画出来的不被推走。
    $("lists").hidden = Boolean(written) || filtered;
    translated = "";
    words = page;
    if (!written && !filtered) return tell("");
    place.classList.add("yy-find--asked");
    const short = !filtered && [...written].length < 2;
    if (short && !surnameIn(written)) return tell(words.short);
    tell(words.searching);
    const { query, asking, found, beside, notes, cases } = await understood(written);
    if (mine !== turn) return;
    // 英文答得上来的，话也用英文说；记录里只能用中文查。
    if (asking.latin) words = { ...page, ...asking.words };
    $("answers").lang = status.lang = asking.latin ? "en" : document.documentElement.lang;
    const inRecords = asking.latin ? await inChinese(written) : query;
    const turned = inRecords === written ? "" : fill(isLatin(written) ? words.in_chinese : words.in_simplified, { q: inRecords });
    if (!asking.latin) translated = turned;
    const everywhere = (asked = inRecords) => {
      list.replaceChildren();
      translated = turned;
      return show(inText(asked, filters, sort.value === "oldest"), asked, mine);
    };
    if (filtered) return everywhere();
    const path = await direct(query);
    if (mine !== turn) return;
    if (path) return location.replace(ROOT + path);
    if (pathOf(query)) return tell(fill(words.no_page, { q: query }));
    const [people, answers] = await Promise.all([asking.latin || cases ? null : named(query), beside ? found : withTold(found, asking)]);
    if (mine !== turn) return;
    const drawAnswers = () => {
      if (!answers.length) return;
      // 各条同属一类的，类名只写一次。
      const alike = answers.every(({ kicker }) => kicker === words.answers), heading = alike ? [make("h2", {}, words.answers)] : [];
      const items = answers.map((answer) => drawn(alike ? { ...answer, kicker: "" } : answer));
      $("answers").append(...heading, ...notes.map((note) => make("p", { className: "yy-find__note" }, note)), make("ul", { className: "yy-hits" }, ...items));
    };
    // 问区县的、几个词没有都用上的，先列人和事，答案跟在后面。
    if (beside) {
      const missing = await nowhere(query);
      missing.length ? await nothing(query, missing) : await everywhere();
      if (mine !== turn) return;
      more.parentNode.after($("answers"));
      return drawAnswers();
    }
    list.before($("answers"));
    drawAnswers();
    if (people) return show(people, query, mine, short ? null : everywhere);
    if (short) return tell(words.short);
    // 拼音多半是姓名：正文里几乎没有，先按读音查。
    if (!answers.length) return (/^[a-zü' ]+$/i.test(query) && (await bySound(query, mine, everywhere))) || everywhere();
    // 规则之后，就是按它办过的那些件。
    if (cases) return everywhere(cases);
    // 问的已有答案：全文愿意再查的才查。
    if (!asking.latin || (turned && !/[a-z]/i.test(inRecords))) button(fill(words.everywhere, { q: inRecords }), () => everywhere());
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
      for (let opened = 0, blocks = begun ? AT_ONCE : 1; opened < UNASKED && !asked.over && waiting.length < (begun ? FEW : 1); opened += blocks, blocks = AT_ONCE) {
        if (asked.rules && opened && asked.count) break;
        waiting.push(...(await asked.take(blocks)));
        if (mine !== turn) return;
      }
      begun = true;
      const first = draw(waiting.splice(0, PAGE).map((hit) => ({ ...hit, excerpt: excerpt(hit) })));
      const { count, over, rules } = asked;
      if (waiting.length) button(words.more, step);
      else if (!over) button(rules ? words.rules : sort.value === "oldest" ? words.newer : words.older, step);
      else if (afterwards) button(fill(words.everywhere, { q: query }), () => afterwards());
      if (count && asked.elsewhere) tell(fill(words.other_organ, { q: query, n: count }));
      else if (count && asked.sound) tell(fill(words.none_but_sounds, { q: query, n: count }));
      else if (count && asked.surname && over) tell(fill(words.found_surname, { q: asked.surname, n: count }));
      else if (count) tell(fill(over || rules ? words.found : words.found_more, { n: count }));
      else if (!over) tell(fill(words.none_yet, { q: query }));
      else if (!(await bySound(query, mine))) await nothing(query, await nowhere(query));
      return first;
    }
    return step();
  }

  async function bySound(query, mine, afterwards) {
    const asked = Object.keys(chosen()).length ? null : await alikeInSound(query);
    if (asked && mine === turn) await show(asked, query, mine, afterwards);
    return asked;
  }

  async function nothing(query, missing) {
    const several = phrasesOf(query).length > 1;
    tell(fill(missing.length ? words.nowhere : several ? words.apart : words.none, { q: query, missing: missing.join(words.and) }));
    const others = await instead(query, missing);
    if (others.length) $("instead").append(make("li", {}, words.instead), ...others.map((other) => make("li", {}, make("a", { href: `?q=${encodeURIComponent(other)}` }, other))));
  }

  const start = () => run().catch(() => { button(); tell(words.failed); }).finally(() => {
    $("lists").hidden = false;
    $("other").open = !place.querySelector(".yy-hit"); // 有了结果，别的办法折起
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); start(); });
  form.addEventListener("change", (event) => { if (event.target !== input) { remember(); start(); } });
  $("clear").addEventListener("click", () => { selects.forEach((select) => (select.value = "")); remember(); start(); input.focus(); });
  more.addEventListener("click", async () => {
    try {
      (await next())?.querySelector("a").focus(); // 焦点移到新出现的第一条
    } catch {
      tell(words.failed);
    }
  });
  addEventListener("popstate", () => { read(); start(); });
  $("narrow").hidden = false;
  read();
  start();
  if (!location.search) input.focus(); // 来这里就是要写字的
}

const box = document.getElementById("yy-search");
if (box) startBox(box);
const place = document.getElementById("yy-find");
if (place) startPage(place);
