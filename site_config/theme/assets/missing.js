// 没有这个页面：看一看网址，大写的给出小写的，没有的编号给出那一地的列表，英文的网址先给英文的话。
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
  const record = /^(notices|honours|decisions)\/([a-z]+)-\d{4}-[a-z]?\d+(?=\/|$)/.exec(own.toLowerCase());
  if (own !== own.toLowerCase()) say(page.dataset.lower, own.toLowerCase(), `/${own.toLowerCase()}`);
  else if (record) say(page.dataset.none.replace("{id}", record[0].split("/")[1]), `${record[1]}/${record[2]}/`, `${record[1]}/${record[2]}/`);
  if (own.startsWith("en/")) title.before(page.querySelector("[data-english]") ?? "");
}
