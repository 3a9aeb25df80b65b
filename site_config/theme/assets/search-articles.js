// 检索里问法规的某一条的：问到才载入。
import { HAN, keptOf, load, nameKey, slugIn } from "./search.js";

// 名称里依次有这几个字
function inOrder(title, letters) {
  let at = -1;
  return [...letters].every((letter) => (at = title.indexOf(letter, at + 1)) >= 0);
}

// 民法典184条、《民法典》第一百八十四条、武汉条例第十一条：法规的名称可以只写其中几个字，次序不变；有效的在先，认得出是哪一部的，直接到那一条。
// 那一条没有收录的，到那部法规；只写名称的也是，但要写全，或者写出是哪里的。条例、办法不分。
const OF_LAW = RegExp(`^([${HAN}]+[法典例定见])(?:第?(?:(\\d+)|([一二三四五六七八九十百千零]+)条)条?(?:第[^条]+)?)?[的是什么怎样说写规定内容]*\\??$`, "u");
const kindless = (title) => title.replace(/(?:条例|办法)$/, "");
export async function articleOf(query) {
  const bare = (text) => nameKey(text).replace(/[《》]|中华人民共和国/g, ""), asked = OF_LAW.exec(bare(query));
  if (!asked) return null;
  const [, name, figure, written] = asked, whole = !figure && !written, laws = (await load("search/articles.json")).map(([title, ...own]) => [bare(title), ...own]);
  const tries = [(title) => title === name, (title) => inOrder(title, name), (title) => inOrder(kindless(title), kindless(name))];
  const found = tries.map((fits, at) => laws.filter(([title]) => fits(title) && (!whole || !at || title.startsWith(name.slice(0, 2))))).find((own) => own.length) ?? [];
  const holding = found.filter(([, state]) => !state), [law, ...others] = holding.length ? holding : found;
  if (!law || others.length) return null;
  const [, , stem, numbers] = law, number = figure ? Number(figure) : Object.keys(numbers).find((own) => numbers[own] === written);
  return numbers[number] ? stem + number : stem.split("#")[0];
}

// 第二十条、20条、武汉第二十条、Article 20 Wuhan：各部法规的那一条，没有问哪一部的；有效的在前。cities：英文问到的城市；
// filters：筛选条件。
export async function articlesIn(query, cities, filters) {
  const key = nameKey(query), asked = /第?(?:(\d+)|([一二三四五六七八九十百千零]+))条|art(?:icle)?(\d+)/.exec(key);
  if (!asked) return null;
  const [whole, figure, written, latin] = asked, others = latin ? cities : [key.replace(whole, "").replace(/第[^第]+[款项]/g, "")];
  const found = (await load("search/articles.json"))
    .filter(([law]) => others.every((part) => inOrder(law, part)))
    .flatMap(([law, state, stem, numbers]) => Object.entries(numbers).filter(([number, name]) => name === written || number === (figure ?? latin)).map(([number, name]) => ({ number, path: stem + number, title: `《${law}》第${name}条`, state, date: "", group: "政策" })))
    .sort((a, b) => !b.state - !a.state);
  const begins = found.length ? await load(`search/articles/${found[0].number}.json`) : {};
  for (const hit of found) hit.text = begins[hit.path];
  const slug = await slugIn(filters), kept = (await keptOf(found, filters)).filter(({ path }) => !slug || path.startsWith(`policies/${slug}/`));
  return kept.length ? { take: async () => kept.splice(0), count: kept.length, get over() { return !kept.length; } } : null;
}
