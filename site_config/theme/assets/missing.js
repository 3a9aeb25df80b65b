// 没有这个页面：看一看网址，大写的给出小写的，编号放错了文件夹的给出应在的网址，没有的编号给出那一地的列表，没有那一地的给出总列表，英文的网址先给英文的话。
{
  const page = document.querySelector("[data-missing]"), root = new URL(page.dataset.missing, location);
  const own = location.pathname.slice(root.pathname.length), title = page.querySelector("h1");
  const say = (words, path, label) => {
    const line = document.createElement("p"), link = document.createElement("a");
    link.href = new URL(path, root);
    link.textContent = label;
    line.append(words, link);
    title.after(line);
  };
  const record = /^(?:([a-z]+)\/)?([a-z]+)-\d{4}-([a-z]?)\d+(?=\/|\.html?$|$)/.exec(own.toLowerCase());
  if (record) {
    const [found, folder, place, letter] = record, id = found.split("/").pop();
    const right = { "": "notices", h: "honours", d: "decisions" }[letter];
    if (right && right !== folder) say(page.dataset.elsewhere, `${right}/${id}/`, `/${right}/${id}/`);
    else if (own !== own.toLowerCase()) say(page.dataset.lower, own.toLowerCase(), `/${own.toLowerCase()}`);
    else if (right)
      fetch(new URL(`${right}/${place}/`, root), { method: "HEAD" }).then(({ ok }) =>
        say(page.dataset.none.replace("{id}", id), `${right}/${ok ? place + "/" : ""}`, page.dataset[ok ? "list" : "all"]),
      );
  } else if (own !== own.toLowerCase()) say(page.dataset.lower, own.toLowerCase(), `/${own.toLowerCase()}`);
  if (own.startsWith("en/")) title.before(page.querySelector("[data-english]") ?? "");
}
