// 检索里没有找到的，给出什么：没有找到才载入。
import { FINALS, HAN, INITIALS, LETTERS, NEAR, SOUND, UNNAMED, alikeInAct, besidePlace, blocksWith, chinese, code, common, deedsOf, filterWords, gb2312, inText, isPinyin, listed, load, mixed, nameKey, namesIn, numberedIn, passes, peopleIn, phrasesOf, pinyinAsked, question, soundHad, understood, waysOf } from "./search.js";

// 最多给出几条、几个姓名；最多打开几块
const MOST_OFFERED = 6, MOST_MEANT = 3, MOST_OPENED = 4;

// 没有找到的，给出有结果的，写明有几条：几个词里找得到的，问的那个地方、那几类的事。[{ query 或者 values, count, more }]
export async function offered(query, { kinds, cities, latin }, missing, briefly) {
  const places = await common(), { passing } = await chinese(), phrases = phrasesOf(query), found = [];
  // 词再多的，查起来要打开的就多了；见义勇为，处处都写着。
  const parts = phrases.length === 2 && !latin ? phrases.filter((phrase) => !missing.includes(phrase) && !places.has(phrase) && !passing.includes(phrase)) : [];
  for (const part of parts) {
    // 为换成简体已经取了一个文件的，不为数有几条再打开一块：两个字的，词表里有就是有。
    if (briefly) {
      if ([...part].length === 2 && (await blocksWith(part)).length) found.push({ query: part });
      continue;
    }
    const asked = await inText(part), hits = await asked.take(1);
    if (hits.length) found.push({ query: part, count: hits.length, more: !asked.over && !asked.rules });
  }
  return [...found, ...(await deedsOf(cities, kinds))].slice(0, MOST_OFFERED);
}

// 没有的是因为筛选条件：去掉一个（gone），或者全部去掉，各有几条。[{ gone, left, count, more }]
export async function withoutFilters(query, filters) {
  const names = Object.keys(filters), pick = (fits) => Object.fromEntries(Object.entries(filters).filter(([name]) => fits(name)));
  const found = [];
  for (const gone of names.length > 1 ? [...names.map((name) => [name]), names] : [names]) {
    const left = pick((name) => !gone.includes(name)), counted = await countOf(query, left);
    if (counted.count) found.push({ gone: pick((name) => gone.includes(name)), left, ...counted });
  }
  return found;
}

// 照这些条件查，有几条：次序与检索页的相同。
async function countOf(query, filters) {
  const said = await understood(query, filters), { asking, act, found } = said;
  const tries = [
    () => numberedIn(said, filters),
    () => peopleIn(said, filters),
    () => (said.beside ? inText(query, filters) : listed(said, filters)),
    () => found.length && { count: found.length, over: true },
    () => inText((asking.latin && act.rest) || query, filters),
    () => alikeInAct(act, filters),
    () => alikeInSound(query, asking.words, filters),
  ];
  for (const attempt of tries) {
    const asked = await attempt();
    for (let opened = 0; asked && !asked.count && !asked.over && opened < MOST_OPENED; opened++) await asked.take(1);
    if (asked?.count) return { count: asked.count, more: !asked.over && !asked.rules };
  }
  return { count: 0 };
}

// 可能要找的，换下写错的那几个字。几个词里，只有哪里都没有的（absent）才是写错的姓名；五个字以上没有间隔号的，多半是一句话。
export async function meant(query, absent) {
  // 文号写的是哪一件，没有别的意思。
  if (/\d号?$/.test(query)) return [];
  const way = await wayMeant(query), phrases = phrasesOf(query);
  if (way) return [way];
  const wrong = (phrases.length > 1 ? absent.filter((phrase) => phrase.length > 2) : phrases).find((phrase) => RegExp(`^(?![${HAN}]{5})[${HAN}·]{2,}$`, "u").test(phrase));
  const names = wrong ? await namesMeant(wrong) : [];
  return names.map((name) => phrases.map((phrase) => (phrase === wrong ? name : phrase)).join(" "));
}

// 有别字的：见义永为多半是见义勇为；写拼音的：jianyiyongwei。几个字里差一个，读音相同；四个字以上的，读音不同也算；两个字的只认地名：武汗。
async function wayMeant(query) {
  const asking = await chinese(), letters = [...query];
  const ways = [...asking.passing, ...asking.answers.flatMap(([, , , asked]) => waysOf(asked || "")), ...Object.values(asking.acts).flatMap(([asked]) => waysOf(asked))];
  const places = new Set(asking.places.flatMap(([, , own]) => own)), told = (way) => way.length > 2 || places.has(way);
  if (isPinyin(query)) {
    // 地方旁边的是姓名，不为它取别的字的读音。
    if ((await besidePlace(query)).there.length) return "";
    for (const way of new Set([...ways, ...places])) if ((await soundOf(way)) === nameKey(query)) return way;
    return "";
  }
  const known = [...new Set([...ways, ...places])].filter(told).map((way) => [...way]).filter((way) => !/[…a-z]/i.test(way.join(""))).sort((a, b) => b.length - a.length);
  for (const way of known) {
    for (let at = 0; at + way.length <= letters.length; at++) {
      const part = letters.slice(at, at + way.length), differing = part.filter((letter, number) => letter !== way[number]);
      if (differing.length !== 1) continue;
      const sounds = await Promise.all([part, way].map((own) => soundOf(own.join(""))));
      if (way.length > 3 || (sounds[0] && sounds[0] === sounds[1])) return [...letters.slice(0, at), ...way, ...letters.slice(at + way.length)].join("");
    }
  }
  return "";
}

// 写全了的姓名；没有写全的（段某甲）不在其内
const WHOLE = RegExp(`^(?!.*某)[${HAN}]{2,8}$`, "u");

// 姓名写错、写漏、多写一个字的，两个字写反的：各去掉一个字，或者一边去掉一个字，就相同。姓相同的在前。
const slips = (name) => [name, ...([...name].length > 2 ? [...name].map((_, at, all) => all.filter((_, own) => own !== at).join("")) : [])];
async function namesMeant(written) {
  const name = nameKey(written);
  if (!WHOLE.test(name) || UNNAMED.test(name)) return [];
  const asked = slips(name), near = (own) => WHOLE.test(own) && slips(own).some((part) => asked.includes(part));
  const blocks = (await Promise.all(asked.map((part) => blocksWith(NEAR + part)))).flat();
  const hits = await (await question({ newest: [...new Set(blocks)] }, (hit) => hit.named.some(near))).take(MOST_OPENED);
  const names = [...new Set(hits.flatMap((hit) => hit.named.filter(near)))], family = (own) => own.startsWith([...name][0]);
  return names.sort((a, b) => family(b) - family(a)).slice(0, MOST_MEANT);
}

// ---- 读音 ----
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

// 字写得不同、读音相同的。
export async function alikeInSound(query, words, filters = {}) {
  const { name: key, there } = await besidePlace(query), sound = isPinyin(key) ? await pinyinAsked(key) : !UNNAMED.test(key) && RegExp(`^[${HAN}]{2,8}$`, "u").test(key) ? await soundHad(await soundOf(key)) : "";
  if (!sound) return null;
  const own = code(mixed(SOUND + sound) % LETTERS.length ** 5, 5);
  const asked = await question({ words: [SOUND + sound, ...filterWords(filters)] }, (hit) => hit.sounds.match(/.{5}/g)?.includes(own) && there.every((place) => hit.all.includes(place)) && passes(hit, filters));
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
