// 画出来。
import { HAN, ROOT, fill, toldInEnglish } from "./index.js";

// 摘录：[文字, 是否标出]，从第一处相符的前面一点开始。
export function excerptOf(text, phrases) {
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

export function make(tag, properties = {}, ...children) {
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
export function inEnglish(hit) {
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

// 筛选条件的值在英文的页上怎样写：城市、状态、类型和栏目有英文，称号没有译名。
export function valuesInEnglish({ kept, groups }) {
  if (!toldInEnglish) return {};
  const { places, sections, deeds, states } = toldInEnglish;
  const cities = kept.map(([slug, name]) => [name, places.find(([own]) => own === slug)?.[1]]);
  return { ...deeds, ...states, ...Object.fromEntries([...cities, ...groups.map(([name], at) => [name, sections[at]])]) };
}

// 英文的页上，写着中文的注明是中文。
function spoken(element) {
  if (toldInEnglish && RegExp(`[${HAN}]`, "u").test(element.textContent)) element.lang = "zh-CN";
  return element;
}

export function drawn({ path, title, kicker, state, excerpt, told = [] }) {
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
