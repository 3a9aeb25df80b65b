// 引用：查阅日期填今天（北京时间），每种格式加一个复制按钮（复制由 yiyong.js 做）。没有脚本时由读者自己填写、选取。
{
  const day = new Date(Date.now() + 8 * 36e5);
  const two = (number) => String(number).padStart(2, "0");
  const parts = {
    Y: day.getUTCFullYear(), m: two(day.getUTCMonth() + 1), d: two(day.getUTCDate()),
    n: day.getUTCMonth() + 1, e: day.getUTCDate(),
    // 用 toLocaleString 要在这一刻载入整个 Intl，手机上约需五十毫秒。
    B: "January February March April May June July August September October November December".split(" ")[day.getUTCMonth()],
  };
  for (const place of document.querySelectorAll("[data-accessed]")) {
    const { accessed, waited, since } = place.dataset;
    // 期满等待结果的公示，已过两个月的，说过了多少天：比通常久。
    parts.w = Math.floor((Date.now() - Date.parse(since)) / 864e5);
    place.textContent = (parts.w > 60 ? waited : accessed).replace(/%([YmdneBw])/g, (_, part) => parts[part]);
  }
  for (const note of document.querySelectorAll("[data-accessed-note]")) {
    note.textContent = note.dataset.accessedNote;
  }
  for (const block of document.querySelectorAll("[data-cite]")) {
    if (block.querySelector("button")) continue; // 页首载入过，折起的打开时又来一次
    for (const text of block.querySelectorAll("[id^=cite-]")) {
      const button = document.createElement("button");
      const label = text.previousElementSibling;
      label.id = text.id + "-label";
      button.type = "button";
      button.className = "yy-copy";
      button.textContent = block.dataset.cite;
      button.dataset.copy = "#" + text.id;
      button.setAttribute("aria-describedby", label.id);
      text.after(button);
    }
  }
}
