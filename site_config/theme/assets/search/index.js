// 词表和篇块：先查“词表”（search/words/）：问的字在哪几块；再打开那几块（search/texts/），核对原文。一次查询只动几个小文件。
// 分字的规则与 generator/spellings/han_words.py 相同，字码与 generator/outputs/search/word_codes.py 相同。
export const ROOT = new URL("../", import.meta.url).href;
export const HAN = "㐀-䶿一-鿿豈-﫿\\u{20000}-\\u{323af}々〇";
export const LETTERS = "BCDFGHJKLMNPQRSTWXZbcdfghjklmnpqrstwxz";
// 姓名、文号前；筛选条件前；读音前；少一个字的姓名前
export const NAMED = "\x1e", WITH = "\x1f", SOUND = "\x1d", NEAR = "\x1c";
// 规定、说明没有日期，排在最后
const FIRST_UNDATED = code(((Date.UTC(2101, 0, 1) - Date.UTC(1900, 0, 1)) / 864e5) * 16, 4);
const MOST_WORDS = 6;
// 多少块算多
const MANY = 40;

const fetched = new Map();
export function load(path, read = "json") {
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
// 页面齐了再读。
if (document.readyState === "loading") await new Promise((whole) => addEventListener("DOMContentLoaded", whole));
// 检索页里写着总表，英文的检索页里写着英文的问答，没有中文的；别处要用才取。
const inPage = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
const told = inPage("yy-find-manifest");
export const toldInEnglish = inPage("yy-find-english");
export const manifest = async () => told || load("search/manifest.json");
// 收录了的各地：[在网址里的写法, 名称]
export const cities = async () => (({ kept, places }) => kept ?? places)(await manifest());
export const chinese = async () => (told?.answers ? told : load("search/manifest.json"));
export const english = async () => toldInEnglish || ((await manifest()).english ? load("search/english.json") : null);
// 用英文问一类事的，只要各类的说法。
export const englishActs = async () => toldInEnglish || ((await manifest()).english ? load("search/acts.json") : null);
export const waysOf = (text) => text.split("|");
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- 字句 ----
export const plain = (text) => text.normalize("NFKC").toLowerCase();
export const nameKey = (text) => plain(text).replace(/[\s·•・．.‧]+/g, "");
export const phrasesOf = (query) => plain(query).replace(/["“”]/g, " ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, MOST_WORDS);

// 一句问话用来查词表的词：隔一个字取两字，末尾两字总在其内。
export function wordsOf(phrase) {
  const words = [];
  for (const run of phrase.match(RegExp(`[${HAN}0-9a-zà-ɏ]+`, "gu")) || []) {
    const units = run.match(RegExp(`[${HAN}]|[0-9a-zà-ɏ]+`, "gu"));
    if (units.length === 1 && !RegExp(`[${HAN}]`, "u").test(run)) words.push(run);
    for (let at = 0; at < units.length - 1; at += 2) words.push(units[at] + units[at + 1]);
    if (units.length > 2 && units.length % 2) words.push(units.at(-2) + units.at(-1));
  }
  return words;
}

// ---- 词表 ----
export function mixed(text) {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

export function code(number, letters) {
  let found = "";
  for (let left = letters; left; left--) {
    found = LETTERS[number % LETTERS.length] + found;
    number = Math.floor(number / LETTERS.length);
  }
  return found;
}

export const numberOf = (letters) => [...letters].reduce((sum, letter) => sum * LETTERS.length + LETTERS.indexOf(letter), 0);

function fileOf(word, files) {
  if (word.startsWith(NEAR)) return mixed([...word].at(-1)) % files;
  const named = word.replace(NAMED, "");
  const lead = named.startsWith("〔") ? named.slice(0, named.indexOf("号") + 1) : [...named].slice(0, 2).join("");
  return mixed(named === word ? word : lead) % files;
}

// 含有一个词的各块，新的在前。读音在哪个文件里，由字码定：块里只有它的字码。
export async function blocksWith(word) {
  const { files } = await manifest(), number = mixed(word) % LETTERS.length ** 5;
  const file = word.startsWith(SOUND) ? number % files : fileOf(word, files);
  const lines = "\n" + (await load(`search/words/${file}.txt`, "text"));
  const at = lines.indexOf(`\n${code(number, 5)}`);
  return at < 0 ? [] : lines.slice(at + 6, lines.indexOf("\n", at + 6)).match(/.{4}/g);
}

// 公示的状态里写着的时刻，北京时间：起、止，或者只有止。
const momentsIn = (state) => [...state.matchAll(/(\d+)年(\d+)月(\d+)日(?: (\d+):(\d+))?/g)].map(([text, year, month, day, hour = 0, minute = 0]) => ({ text, time: Date.UTC(year, month - 1, day, hour - 8, minute) }));

// 一块里的记录。栏目、城市、编号合成的标题上方的一行，和不带机关代字的文号，篇块里没有写；写作 0 的，从网址、日期、状态得出。
// 公示照浏览器的钟说，不照做成时的：过了最后时刻的不再是正在公示，开始了的不再是即将公示。until 是做成时写的起止，turns 是下一次变化。
async function recordsOf(block) {
  const { open: [status, label], section, city, year, order, groups, folders } = await manifest(), { words } = toldInEnglish ?? (await chinese());
  const now = Math.max(Date.now(), Date.parse(document.documentElement.dataset.asOf) || 0); // 钟不早于数据
  return (await load(`search/texts/${numberOf(block)}.json`)).map(([path, date, title, written, shown, values, text, keys, sounds]) => {
    const following = { [section]: folders[path.split("/")[0]], [year]: date.slice(0, 4) };
    const filters = Object.fromEntries(values.map((own, at) => [order[at], [own || following[order[at]]].flat()]));
    const until = shown === 0 ? filters[status][0] : shown;
    const kicker = written || [...(filters[section] ?? []), ...(filters[city] ?? []), path.split("/")[1]].join(" · ");
    const named = keys.flatMap((key) => (key.startsWith("〔") ? [key.slice(0, key.indexOf("号") + 1), key] : [key]));
    // 正在公示、即将公示的自成一类，其余的按栏目。
    const standing = filters[status]?.find((own) => groups.some(([name]) => name === own));
    const moments = standing ? momentsIn(until) : [], last = moments.at(-1), over = now >= last?.time, begun = !over && moments[1] && now >= moments[0].time;
    const open = !over && (begun || standing === label);
    const state = over ? words.ended : begun ? fill(words.until, { closes: last.text }) : until;
    const all = plain([title, kicker, text, ...Object.values(filters).flat()].join("\n"));
    const group = (open ? label : !over && standing) || filters[section]?.[0];
    return { path, date, title, kicker, state, until, filters, text, named: [...new Set(named)], sounds, open, all, group, turns: moments.find(({ time }) => time > now)?.time };
  });
}

// 一次查询：怎样才算、先后。take(n) 打开后面的几块，给出其中的结果；正在公示的各块在前，没有日期的在后。
// 先只查头一个词；只有两个词而问的就是它们（eager）、块太多、有筛选条件，或者打开的一块里没有，才取其余的词，只留下样样都有的块。
// 没有词可查的，newest 是新的几块，later 给出再早的。
export async function question({ words: [first, ...others] = [], newest, later }, fits, oldest = false, eager = false) {
  const { open: [, , codes] } = await manifest(), open = new Set(codes.match(/.{4}/g));
  let blocks = newest ?? (first ? await blocksWith(first) : []), whole = !others.length, count = 0;
  const narrow = async () => {
    whole = true;
    for (const found of await Promise.all(others.map(blocksWith))) {
      const set = new Set(found);
      blocks = blocks.filter((block) => set.has(block));
    }
  };
  if (!whole && ((eager && others.length === 1) || blocks.length > MANY || others.some((word) => word.startsWith(WITH)))) await narrow();
  const undated = (block) => block >= FIRST_UNDATED;
  const newerBlock = (a, b) => undated(a) - undated(b) || (!oldest && open.has(b) - open.has(a)) || (a > b === (oldest && !undated(a)) ? 1 : -1);
  const newer = (a, b) => (!oldest && b.open - a.open) || (a.date === b.date ? 0 : (a.date < b.date) === oldest ? -1 : 1);
  blocks.sort(newerBlock);
  return {
    get over() { return !blocks.length && !later; },
    get rules() { return blocks.length > 0 && undated(blocks[0]); },
    get count() { return count; },
    async take(most) {
      if (!blocks.length && later) {
        blocks = (await later()).sort(newerBlock);
        later = null;
      }
      const dated = blocks.findIndex(undated), end = dated > 0 ? Math.min(most, dated) : most;
      const hits = (await Promise.all(blocks.splice(0, end).map(recordsOf))).flat().filter(fits);
      if (!hits.length && !whole && blocks.length) await narrow();
      count += hits.length;
      return hits[0]?.date ? hits.sort(newer) : hits;
    },
  };
}

// 地名、类型等筛选条件的值：到处都有。
export async function common() {
  const { filters } = await manifest();
  return new Set(filters.flatMap(([, values]) => values.map(plain)));
}

// ---- 正文 ----
// 每句取头一个词，末句再取末一个词，就够少了；其余到原文里核对。
function firstWords(phrases) {
  const own = phrases.map(wordsOf);
  return [...new Set([...own.map(([first]) => first), own.at(-1)?.at(-1)])].filter(Boolean).slice(0, MOST_WORDS);
}

export async function inText(query, filters = {}, oldest = false, eager = false) {
  const phrases = phrasesOf(query), places = await common();
  // 与别的词同问时，不靠到处都有的查，只拿它们核对。
  const telling = phrases.filter((phrase) => !places.has(phrase));
  const words = [...firstWords(telling.length ? telling : phrases), ...filterWords(filters)];
  return question({ words }, (hit) => phrases.every((phrase) => hit.all.includes(phrase)) && passes(hit, filters), oldest, eager);
}

// 筛选条件：查词表的词；一条记录合不合。
export const filterWords = (filters) => Object.entries(filters).map(([name, value]) => `${WITH}${name}=${value}`);
export const passes = (hit, filters) => Object.entries(filters).every(([name, value]) => hit.filters[name]?.includes(value));

// 几个词里，哪些哪里都没有；只看查正文时要看的那几个字。
export async function nowhere(query) {
  const places = await common(), phrases = phrasesOf(query).filter((phrase) => !places.has(phrase));
  if (phrasesOf(query).length < 2) return [];
  const last = phrases.at(-1), words = (phrase) => (phrase === last ? firstWords([phrase]) : firstWords([phrase]).slice(0, 1));
  const found = await Promise.all(phrases.map(async (phrase) => (await Promise.all(words(phrase).map(blocksWith))).every((blocks) => blocks.length)));
  return phrases.filter((_, at) => !found[at]);
}
