// 检索里没有找到的，给出什么：没有找到才载入。
import { alikeInAct, alikeInSound, common, deedsOf, inText, listed, numberedIn, peopleIn, phrasesOf, understood } from "./search.js";

// 最多给出几条；数的时候最多打开几块
const MOST_OFFERED = 6, MOST_OPENED = 4;

// 没有找到的，给出有结果的，写明有几条：几个词里找得到的，问的那个地方、那几类的事。[{ query 或者 values, count, more }]
export async function offered(query, { kinds, cities, latin }, missing) {
  const places = await common(), phrases = phrasesOf(query), found = [];
  // 词再多的，查起来要打开的就多了。
  const parts = phrases.length === 2 && !latin ? phrases.filter((phrase) => !missing.includes(phrase) && !places.has(phrase)) : [];
  for (const part of parts) {
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
