// 写得像哪个姓名：没有找到才载入。
import { HAN, NEAR, UNNAMED, blocksWith, nameKey, question } from "./search.js";

// 最多打开几块，给出几个
const MOST_OPENED = 4, MOST_MEANT = 3;
// 写全了的姓名；没有写全的（段某甲）不在其内
const WHOLE = RegExp(`^(?!.*某)[${HAN}]{2,8}$`, "u");

// 姓名写错、写漏、多写一个字的，两个字写反的：各去掉一个字，或者一边去掉一个字，就相同。姓相同的在前。
const slips = (name) => [name, ...([...name].length > 2 ? [...name].map((_, at, all) => all.filter((_, own) => own !== at).join("")) : [])];
export async function namesMeant(written) {
  const name = nameKey(written);
  if (!WHOLE.test(name) || UNNAMED.test(name)) return [];
  const asked = slips(name), near = (own) => WHOLE.test(own) && slips(own).some((part) => asked.includes(part));
  const blocks = (await Promise.all(asked.map((part) => blocksWith(NEAR + part)))).flat();
  const hits = await (await question({ newest: [...new Set(blocks)] }, (hit) => hit.named.some(near))).take(MOST_OPENED);
  const names = [...new Set(hits.flatMap((hit) => hit.named.filter(near)))], family = (own) => own.startsWith([...name][0]);
  return names.sort((a, b) => family(b) - family(a)).slice(0, MOST_MEANT);
}
