// 一类事：正文里没有问的原话的，按意思相近的说法查；都没有的，给出有结果的。表在 generator/catalogue/zh/search.yml 的 acts。
import { blocksWith, cities, fill, filterWords, manifest, passes, phrasesOf, plain, question, waysOf } from "./index.js";

// 总表里写着最新的几块；先打开几块看有没有
const NEWEST = 12, TRIED = 4;
const MOST_WAYS = 3;

// 怎样看一句话里有没有一种说法：英文的须是整个的词。
const readIn = (latin) => (latin ? (text) => ` ${plain(text).replace(/[^a-z0-9]+/g, " ").trim()} ` : plain);

function saidIn(query, latin) {
  const read = readIn(latin), asked = read(query);
  return (names) => names.filter((name) => asked.includes(read(name)));
}

// 各省：名称（head）、收录了规定的省自己（own）、省里收录了的各地（held）、没有收录的城市（others）。
const regionsOf = ({ elsewhere, places }) => elsewhere.split(";").map((names) => {
  const [head, ...cities] = waysOf(names), called = (name) => places.find((place) => place[1] === name);
  return { head, own: called(head), held: cities.map(called).filter(Boolean), others: cities.filter((name) => !called(name)) };
});

// 江苏省南京市、湖北 武汉：写了城市的，前后的省不必查。武汉江岸区：市和区县分开。
export function placed(query, asking) {
  const { latin, levels, places } = asking;
  for (const { head, held, others } of regionsOf(asking)) {
    const [bound, end] = latin ? ["\\b", "\\b"] : ["", ""], rest = query.replace(RegExp(`${bound}${head}${end}[\\s,，]*(?:(?:${levels})${end})?[\\s,，]*`, "giu"), "");
    if (rest !== query && saidIn(rest, latin)([...others, ...held.flatMap((place) => place[2])]).length) query = rest.replace(/[\s,，]+$/, "");
  }
  for (const [, name, [, whole, ...districts]] of latin ? [] : places) {
    for (const district of districts) query = query.replace(RegExp(`(?:${whole}|${name})\\s*(?=${district.slice(0, -1)})`), `${name} `);
  }
  return query;
}

// 问到的地方：没有收录的（missing）；它们所在的、收录了规定的省（above）；只写了省的（heads），省里收录了的各地（inside）；怎样说（notes）。
export function whereIn(query, asking) {
  const said = saidIn(query, asking.latin), found = { missing: [], above: [], heads: [], inside: [], notes: [] };
  for (const { head, own, held, others } of regionsOf(asking)) {
    const cities = said(others), [written] = said([head]), { words = {} } = asking;
    const tell = (form, q, name = head) => found.notes.push(fill(words[form] ?? "", { q, name, then: words.then }));
    if (cities.length) {
      found.missing.push(...cities);
      if (own) found.above.push(own);
      tell(own ? "within" : "not_covered_in", cities.join(words.and));
    } else if (written && held.length) {
      found.heads.push(head);
      found.inside.push(...held);
      tell(own ? "holds" : "holds_only", head, held.map((place) => place[1]).join(words.and));
    } else if (written && !own) {
      found.missing.push(head);
      tell("not_covered", head);
    }
  }
  return found;
}

// 各类的事在中文和英文的表里次序相同。类型的名称，总表里别处只写第几个；一件也没有的类型不在其内。
const kindsOf = ({ filters, kind }) => filters.find(([name]) => name === kind)?.[1];

// 问法里说到的几类事（rows、kinds）、地方，和另外的话（rest）。长的说法先认，认过的字不再认。
export async function actIn(query, asking) {
  const { acts, places, passing, latin, levels } = asking, all = await manifest(), covered = await cities(), read = readIn(latin);
  const cityOf = ([slug]) => covered.find(([own]) => own === slug)[1], { missing } = whereIn(query, asking);
  // 省里有公示和荣誉的，问省就是问那几个城市。
  const wide = regionsOf(asking).map((region) => ({ ...region, cities: region.held.filter((place) => place[3]).map(cityOf) })).filter(({ cities }) => cities.length);
  const known = [
    ...wide.flatMap(({ head, own, cities: city }) => (own?.[2] ?? [head]).map((way) => ({ way, city, place: city.join("|") }))),
    ...places.filter((place) => !wide.some(({ own }) => own === place)).flatMap((place) => place[2].map((way, at) => ({ way, rules: place[3] ? undefined : place[1], city: cityOf(place), place: latin || at < 2 ? cityOf(place) : way }))),
    ...Object.entries(acts).flatMap(([name, [asked]]) => waysOf(asked).map((way) => ({ way, name }))),
  ].sort((a, b) => b.way.length - a.way.length);
  const found = [], each = (part) => [...new Set(found.flatMap((item) => item[part] ?? []))];
  let rest = read(query);
  for (const item of known) {
    if (!rest.includes(read(item.way))) continue;
    found.push(item);
    rest = rest.replaceAll(read(item.way), " / ");
  }
  // 英文的词相连的，空格共用一个：去两遍。
  for (const way of [...passing, ...missing, ...passing]) rest = rest.replaceAll(read(way), " ");
  // 分开写的词，一个说法也没有认出的：不能当作没有写。
  const ways = [...found.map(({ way }) => way), ...passing, ...missing];
  const unused = phrasesOf(query).filter((phrase) => !ways.some((way) => phrase.includes(plain(way))));
  const values = kindsOf(all);
  const rows = each("name").map((name) => ({ asked: all.acts[name][0], kinds: all.acts[name].slice(1).map((at) => values[at]) }));
  return {
    latin,
    rows,
    kinds: [...new Set(rows.flatMap(({ kinds }) => kinds))],
    ways: found.filter(({ name }) => name).map(({ way }) => way).sort((a, b) => read(query).indexOf(read(a)) - read(query).indexOf(read(b))),
    places: each("place"),
    rulesOnly: each("rules"),
    cities: each("city"),
    unused,
    // 有一个词认得出来，除了 in、the 之类
    known: found.length > 0 || missing.length > 0,
    rest: rest.replace(RegExp(`[^\\p{L}\\p{N}]|${levels}`, "gu"), " ").trim(),
  };
}

// 从新的几块查起；再早的，查词表里写着这几类的。有筛选条件的，只查合条件的各块。
async function inActs(kinds, fits, filters) {
  if (Object.keys(filters).length) return question({ words: filterWords(filters) }, fits);
  const { newest } = await manifest(), blocks = newest.match(/.{4}/g) ?? [];
  const later = async () => {
    const words = await Promise.all(kinds.map(async (kind) => filterWords({ [await filterOf(kind)]: kind })));
    const found = (await Promise.all(words.flat().map(blocksWith))).flat();
    return [...new Set(found)].filter((block) => block < blocks.at(-1));
  };
  return question({ newest: [...blocks], later: kinds.length && blocks.length === NEWEST ? later : undefined }, fits);
}

async function filterOf(value) {
  const { filters } = await manifest();
  return filters.find(([, values]) => values.includes(value))?.[0];
}

// 意思相近的；一件也没有，最像的那一类的。问的不是哪一类事，或者都没有，给出 null。
export async function alikeInAct({ rows, kinds, places }, filters = {}) {
  const there = ({ all }, own = []) => places.every((place) => waysOf(place).some((way) => all.includes(plain(way)))) && (!own.length || own.some((kind) => all.includes(plain(kind))));
  const written = ({ all }, { asked }) => waysOf(asked).filter((way) => all.includes(plain(way)));
  const near = (hit, row) => passes(hit, filters) && there(hit, row.kinds) && written(hit, row).length;
  const every = (hit) => rows.every((row) => near(hit, row)), some = (hit) => rows.some((row) => row.kinds.length && near(hit, row));
  const alike = (hit) => passes(hit, filters) && there(hit, kinds.slice(0, 1));
  for (const fits of rows.length ? [every, ...(kinds.length ? [some, alike] : [])] : []) {
    const asked = await inActs(kinds, fits, filters);
    let first = [];
    for (let tried = 0; tried < TRIED && !first.length && !asked.over; tried++) first = await asked.take(1);
    if (!first.length) continue;
    const times = (way) => first.filter(({ all }) => all.includes(plain(way))).length;
    const ways = rows.flatMap(({ asked: own }) => waysOf(own)).filter((way) => times(way) && !kinds.includes(way)).sort((a, b) => times(b) - times(a));
    return {
      ways: fits === alike ? [] : ways,
      shown: ways.slice(0, MOST_WAYS),
      kinds: fits === alike ? kinds.slice(0, 1) : kinds,
      near: fits !== alike,
      get over() { return !first.length && asked.over; },
      get rules() { return asked.rules; },
      get count() { return asked.count; },
      async take(most) {
        const taken = first.length ? first : await asked.take(most);
        first = [];
        return taken;
      },
    };
  }
  return null;
}

// 一地各类的事各有几件，问的那几类在前；没有问哪里的，各地合计。only：只要问的那几类。
export async function deedsOf(cities, kinds, only = false) {
  const all = await manifest(), { city: name } = all, values = kindsOf(all);
  const deeds = all.deeds.map(([city, own]) => [city, own.map(([at, count]) => [values[at], count])]);
  const had = deeds.filter(([city]) => cities.includes(city));
  const counts = had.flatMap(([city, own]) => own.map(([kind, count]) => ({ city, kind, count })));
  if (!had.length) {
    const totals = new Map();
    for (const [kind, count] of deeds.flatMap(([, own]) => own)) totals.set(kind, (totals.get(kind) ?? 0) + count);
    counts.push(...[...totals].map(([kind, count]) => ({ kind, count })));
  }
  const asked = ({ kind }) => kinds.includes(kind), chosen = only ? counts.filter(asked) : counts;
  chosen.sort((a, b) => asked(b) - asked(a) || b.count - a.count);
  return Promise.all(chosen.map(async ({ city, kind, count }) => ({ values: { ...(city && { [name]: city }), [await filterOf(kind)]: kind }, count })));
}
