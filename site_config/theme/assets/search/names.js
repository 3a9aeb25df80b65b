// 姓名、文号、编号；读音；繁体字。
import { HAN, NAMED, ROOT, SOUND, blocksWith, cities, common, filterWords, load, manifest, nameKey, numberOf, passes, phrasesOf, question } from "./index.js";

// 读音：声母、其余部分，与 generator/spellings/sounds.py 相同。
export const INITIALS = ["", ..."b p m f d t n l g k h j q x zh ch sh r z c s y w".split(" ")];
export const FINALS = "a ian ai iang an iao ang ie ao in e ing ei iong en iu eng ong er i o ia ou ua uo uai u uan ui un uang v ve ue".split(" ");
// 题目里没有写出的姓名，最多列出几个
const MOST_NAMES = 6;
// 问话，不是姓名
export const UNNAMED = /[的姓了吗呢没不被怎么给你我他这那谁哪]/;
// 可以读作几个字的字母
const READ = RegExp(`^(?:(?:${INITIALS.join("|")})(?:${FINALS.join("|")}|ü|üe|ün|üan)){2,9}$`);

// [年份与序号, 再加机关代字]：几个机关可以有同一个序号，写全了的只认那一个机关的。
// 各样括号、空格都认；没有括号的，要写出“号”；有括号的，“号”可以不写。
export function numberKeys(text) {
  const written = text.normalize("NFKC").trim();
  const found = /^(.*?)[〔[(【]\s*(\d{4})\s*[〕\])】]\s*第?\s*0*(\d+)\s*号?$/.exec(written) ?? /^(.*?)\s*((?:19|20)\d{2})年?[\s-]*第?\s*0*(\d+)\s*号$/.exec(written);
  return found && [`〔${found[2]}〕${found[3]}号`, `〔${found[2]}〕${found[3]}号${nameKey(found[1])}`];
}

export function pathOf(text) {
  const found = /^([a-z]+(?:-[a-z]+)*)[\s-]?(?:(\d{6})[\s-])?(\d{4})[\s-]?([hd]?)(\d{4,5})$/.exec(text.normalize("NFKC").trim().toLowerCase());
  if (!found) return found;
  const [, place, district, year, letter, number] = found, id = [place, district, year, letter + number].filter(Boolean).join("-");
  return `${{ h: "honours", d: "decisions" }[letter] ?? "notices"}/${id}/`;
}

// ---- 姓名、文号 ----
// 姓周、周姓、姓欧阳的；只写一个字，也当作姓。
export function surnameIn(query) {
  const found = RegExp(`^(?:姓([${HAN}]{1,2}?)的?人?|([${HAN}]{1,2})姓|([${HAN}]))$`, "u").exec(nameKey(query));
  return found && (found[1] || found[2] || found[3]);
}

export async function named(query, filters = {}) {
  const parts = phrasesOf(query), places = await common();
  const numbers = numberKeys(query);
  // 武汉 落水：不是姓名
  if (!numbers && parts.length > 1 && parts.some((part) => places.has(part))) return null;
  const surname = surnameIn(query), keys = surname ? [surname] : numbers ? [numbers[1], numbers[0]] : [nameKey(query)];
  if ((!surname && [...keys[0]].length < 2) || keys[0].length > 60) return null;
  // 单位的名称比人的姓名长。
  const fits = (own, key) => (numbers ? own === key : own.startsWith(key) && (!surname || [...own].length < 5));
  for (const key of keys) {
    if (!(await blocksWith(NAMED + key)).length) continue;
    const asked = await question({ words: [NAMED + key, ...filterWords(filters)] }, (hit) => hit.named.some((own) => fits(own, key)) && passes(hit, filters));
    // 一个人的公示和荣誉，多半在两块里。
    if (!numbers) return Object.assign(asked, { surname, first: surname ? 1 : 2, excerpt: (hit) => namesIn(hit, key, (own) => fits(own, key)) });
    // 机关代字写了而没有这一件的，列出别的机关同年同号的，写明是哪个机关的。
    const elsewhere = key !== numbers[1], written = (own) => own.slice(key.length) + key;
    const excerpt = ({ named }) => (elsewhere ? [[named.filter((own) => own !== key && own.startsWith(key)).map(written).join("、"), false]] : []);
    return Object.assign(asked, { elsewhere, excerpt });
  }
  return null;
}

// 标题里没有写出的姓名，照正文的写法（阿迪力·买买提），标出问的那几个字。
export function namesIn({ named, text, title }, key, fits) {
  const written = (own, place) => RegExp([...own].map((letter) => `\\u{${letter.codePointAt(0).toString(16)}}`).join("[\\s·•・．.‧]*"), "iu").exec(place)?.[0] ?? own;
  const found = named.filter((own) => fits(own) && !nameKey(title).includes(own)).slice(0, MOST_NAMES);
  return found.flatMap((own, at) => {
    const name = written(own, text), asked = written(key, name);
    return [[at ? "、" : "", false], [asked, true], [name.slice(asked.length), false]];
  });
}

// 国标一、二级汉字，按国标的次序。
let usual;
export function gb2312() {
  const byte = (_, at) => (at % 2 ? 0xa1 + ((at >> 1) % 94) : 0xb0 + Math.floor(at / 188));
  return (usual ??= [...new TextDecoder("gbk").decode(Uint8Array.from({ length: 72 * 94 * 2 }, byte))]);
}

// 字写得不同、读音相同的：程立坤、chenglikun 都找得到程立堃。只问一个姓名的才试。
const spelling = (query) => nameKey(query).replace(/['’-]/g, "");
export const isPinyin = (query) => READ.test(spelling(query)) && spelling(query).length > 3;
// 一个姓名的读音（read），哪里有这样读的：没有的，为空。
export const soundHad = async (read) => (read && (await blocksWith(SOUND + read)).length ? read : "");
export async function pinyinAsked(query) {
  const { name } = await besidePlace(query);
  return isPinyin(name) && !UNNAMED.test(name) ? soundHad(spelling(name).replaceAll("ü", "v")) : "";
}
// 姓名和地方同问的：程立坤 武汉、chenglikun wuhan。
export async function besidePlace(query) {
  const places = await common(), known = await cities(), placeOf = (phrase) => known.find(([slug]) => slug === phrase)?.[1] ?? (places.has(phrase) && phrase);
  const phrases = phrasesOf(query), rest = phrases.filter((phrase) => !placeOf(phrase));
  return rest.length ? { name: nameKey(rest.join("")), there: phrases.map(placeOf).filter(Boolean) } : { name: nameKey(query), there: [] };
}

// 用繁体字问的，换成简体：見義勇為、張偉。表的写法见 generator/outputs/search/traditional.py。
export async function simplified(query) {
  // 姓名里的生僻字：没有简体的（堃），不必查表；有简体的（張），也许姓名就是这样写的。
  const { letters: [own, alike] } = await manifest(), usualOnes = new Set(gb2312()), han = RegExp(`[${HAN}]`, "u");
  const rare = [...query].filter((letter) => han.test(letter) && !usualOnes.has(letter));
  if (rare.every((letter) => own.includes(letter))) return query;
  if (rare.some((letter) => alike.includes(letter)) && (await blocksWith(NAMED + nameKey(query))).length) return query;
  // 常用字的在前一个文件里，不够才取后一个。
  const simple = new Map();
  for (const file of ["traditional", "traditional-rare"]) {
    if (rare.every((letter) => own.includes(letter) || simple.has(letter))) break;
    let from = 0x4e00;
    for (const [, far, step, place] of (await load(`search/${file}.txt`, "text")).matchAll(/(?:z(..)|(.))(...)/g)) {
      simple.set(String.fromCodePoint((from += numberOf(far ?? step))), gb2312()[numberOf(place)]);
    }
  }
  return [...query].map((letter) => simple.get(letter) ?? letter).join("");
}

// 法规的某一条：问到才取。
export const articles = async (name, ...asked) => (/[\d条]|[法典定见][》?？]*$/.test(asked[0].trim()) ? (await import(`${ROOT}assets/search-articles.js`))[name](...asked) : null);

// 编号、文号、法规的某一条只对应一页时，直接到那一页；没有收录的，先说没有。
export async function direct(query) {
  const path = pathOf(query);
  if (path) return (await fetch(ROOT + path, { method: "HEAD" })).ok ? path : null;
  if (!numberKeys(query)) return articles("articleOf", query);
  const asked = await named(query), hits = asked ? await asked.take(1) : [];
  return hits.length === 1 && asked.over && !asked.elsewhere && !hits[0].path.endsWith("#not-held") ? hits[0].path : null;
}
