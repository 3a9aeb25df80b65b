// 英文的检索页怎样写记录和筛选条件：只有那一页载入。
import { fill, toldInEnglish } from "./search.js";

// 英文的检索页：链接说明做了什么、在哪里，原来的标题在下面。
export function inEnglish(hit) {
  const [, id] = hit.path.split("/"), place = toldInEnglish.places.find(([slug]) => id.startsWith(`${slug}-`));
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

// 筛选条件的值在英文的页上怎样写：城市、状态、类型和栏目有英文，称号没有译名。
export function valuesInEnglish({ kept, groups }) {
  const { places, sections, deeds, states } = toldInEnglish;
  const cities = kept.map(([slug, name]) => [name, places.find(([own]) => own === slug)?.[1]]);
  return { ...deeds, ...states, ...Object.fromEntries([...cities, ...groups.map(([name], at) => [name, sections[at]])]) };
}
