// 引用中的查阅日期：填今天（北京时间）。没有脚本时由读者自己填写。
{
  const day = new Date(Date.now() + 8 * 36e5);
  const two = (number) => String(number).padStart(2, "0");
  const parts = {
    Y: day.getUTCFullYear(), m: two(day.getUTCMonth() + 1), d: two(day.getUTCDate()),
    n: day.getUTCMonth() + 1, e: day.getUTCDate(),
    B: day.toLocaleString("en", { month: "long", timeZone: "UTC" }),
  };
  for (const place of document.querySelectorAll("[data-accessed]")) {
    place.textContent = place.dataset.accessed.replace(/%([YmdneB])/g, (_, part) => parts[part]);
  }
  for (const note of document.querySelectorAll("[data-accessed-note]")) {
    note.textContent = note.dataset.accessedNote;
  }
}
