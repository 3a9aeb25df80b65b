// 我能得到什么：按所选的情形把各项待遇分成四类。每个条件对每种回答怎么说写在 data-a 里，这里只合并，不另作判断。
{
  const form = document.querySelector("[data-ask]");
  const all = document.querySelector("[data-all]");
  const results = document.querySelector("[data-results]");
  const decides = document.querySelector("#decides");
  const kinds = [...(decides?.querySelectorAll("dl > *") ?? [])];
  const first = decides?.querySelector(".yy-decides__first");
  // 问谁、适用于谁、有什么没有收录：有符合条件的，跟在它后面。
  const notes = ["#where", "#for-whom", "#open"].map((id) => document.querySelector(id)).filter(Boolean);
  const fold = form.querySelector("[data-fold]");
  const scope = document.querySelector("#for-whom");
  const said = form.querySelector("[role=status]");
  const cards = [...document.querySelectorAll("[data-benefit]")].map((card) => ({ card, home: card.parentNode }));
  const lists = { own: "[data-own]", duty: "[data-duty] > ul", national: "[data-national] > ul", soldiers: "[data-for-soldiers] > ul", kin: "[data-for-kin] > ul", disabled: "[data-if-disabled] > ul" };
  const order = {};
  for (const select of form.querySelectorAll("select")) {
    order[select.name] = select.dataset.order.split(" ");
  }
  const answer = form.querySelector("[data-answer]");
  const address = document.querySelector("[data-address]");
  const few = 6;
  const value = (name) => form.elements[name].value;

  // 第几个字母还有可能：没有选的，都有可能；人在不在，看选了什么伤情，本人牺牲了的不来问。
  const fits = (question, at, role) => {
    const chosen = question === "role" ? role : value(question);
    const pair = question === "role" || question === "injury";
    const asked = order[question][pair ? at >> 1 : at];
    if (chosen && asked !== chosen) return false;
    if (question === "injury") return !chosen || at % 2 === Number(form.elements.hardship.checked);
    return question !== "role" || (at % 2 ? asked !== "person" && ["", "death"].includes(value("injury")) : value("injury") !== "death");
  };
  const holds = (line, role = value("role")) => {
    const { q, a } = line.dataset;
    const left = new Set([...a].filter((_, at) => !q || fits(q, at, role)));
    return left.size === 1 ? [...left][0] : "d";
  };

  // 每种伤情先看哪一项，写在 data-places 里；没有选伤情的，照页上的次序，只是鼓励的在最后。
  const closeness = (card) => {
    const at = order.injury.indexOf(value("injury"));
    return at < 0 ? Number(card.hasAttribute("data-encouraged")) : parseInt(card.dataset.places.slice(2 * at, 2 * at + 2), 36);
  };

  // 别的法律只给某些人的，照它们的先后，在给所有人的前面。
  // 现役军人，先看军人的。
  const soldiers = (node) => value("place") === "serviceman" && node.hasAttribute("data-serviceman");
  // 只给别的人的：给职工的，没有单位的不用看；给平民的，军人不用看；军人的，本地规定没有写照它办，别人不用看。
  const barred = (node) => (node.hasAttribute("data-civilian") && value("place") === "serviceman") ||
    (node.hasAttribute("data-employed") && value("work") === "not_employed") ||
    (node.hasAttribute("data-soldiers") && !["", "serviceman"].includes(value("place")));
  const rank = (card) => soldiers(card) ? -1 : Number(card.dataset.rank ?? 99);

  // 要看条件的、国家规定的往往有二三十项：按主题收起，先开几组；伤情没有鉴定、致残才有的，在最后一组。
  const grouped = (own, open) => {
    const groups = new Map();
    const later = [];
    for (const card of own) {
      const title = card.dataset.under ?? card.querySelector(".yy-benefit__topic").textContent;
      if (value("injury") === "injured" && card.querySelector('[data-q="injury"][data-holds="d"]:not([data-wanted])')) later.push(card);
      else groups.set(title, [...(groups.get(title) ?? []), card]);
    }
    if (later.length) groups.set(form.dataset.later, later);
    return [...groups].map(([title, found], number) => {
      const group = document.createElement("li");
      const fold = group.appendChild(document.createElement("details"));
      const list = document.createElement("ul");
      fold.className = "yy-topic";
      fold.open = number < open;
      fold.appendChild(document.createElement("summary")).textContent =
        form.dataset.group.replace("{title}", title).replace("{n}", found.length);
      list.className = "yy-benefits";
      list.append(...found);
      fold.append(list);
      group.dataset.group = "";
      return group;
    });
  };

  // 不适用的里另列两种：本人问的，只因为给的是家人，家里有这样的人就有；轻伤的，只差鉴定为致残。
  const whose = (card, key) => {
    const where = card.dataset.benefit;
    if (key === "not_stated") return "own";
    if (key === "depends" && card.hasAttribute("data-soldiers") && value("place") !== "serviceman") return "soldiers";
    if (key !== "not_yours" || where === "national") return where;
    const no = [...card.querySelectorAll('[data-holds="n"]')];
    if (value("role") === "person" && no.every((line) => line.dataset.q === "role")) return "kin";
    const rated = 2 * order.injury.indexOf("disabled");
    return value("injury") === "minor_injury" && no.every((line) => line.dataset.q === "injury" && line.dataset.a[rated] === "y") ? "disabled" : "own";
  };
  // 不适用的里，家里别人有的：换一个人就符合或者要看条件的，各有几项。本人牺牲的，不替本人看。
  const others = (dead) => {
    const refused = cards.map(({ card }) => [...card.querySelectorAll("[data-a]")]).filter((lines) => lines.some((line) => holds(line) === "n"));
    return order.role.filter((role) => role !== value("role") && !(dead && role === "person"))
      .map((role) => [role, refused.filter((lines) => lines.every((line) => "yd".includes(holds(line, role)))).length])
      .filter(([, n]) => n);
  };
  // 纸上的国家规定：每部一行。要点写出来，家人牺牲的前面已经写了；其余只写条款。
  const national = results.parentNode.querySelector("[data-printed-national]");
  const print_national = (own, brief) => {
    const list = national.querySelector("ul");
    const { rest, list: comma, colon, cited } = list.dataset;
    const laws = new Map();
    for (const card of own) {
      const law = card.querySelector(".yy-benefit__level").textContent;
      const said = laws.get(law) ?? { told: [], more: [] };
      laws.set(law, said);
      const what = card.querySelector(".yy-benefit__what").cloneNode(true);
      const article = what.querySelector("a").textContent;
      for (const tag of what.querySelectorAll(".yy-tag, a")) tag.remove();
      if (brief && card.hasAttribute("data-brief")) said.told.push(what.textContent.trim().replace(/[。.]$/, "") + cited.replace("{words}", article));
      else said.more.push(article);
    }
    list.replaceChildren(...[...laws].map(([law, { told, more }]) => {
      const line = document.createElement("li");
      const articles = [...new Set(more)].join(comma);
      line.textContent = law + colon + [...told, ...(articles ? [told.length ? rest.replace("{articles}", articles) : articles] : [])].join(form.dataset.also);
      return line;
    }));
    const head = national.querySelector("strong");
    head.textContent = head.dataset.form.replace("{n}", own.length);
    national.hidden = own.length === 0;
  };
  const tell = (folded, n) => {
    folded.hidden = n === 0;
    const summary = folded.querySelector("summary");
    summary.textContent = summary.dataset.form.replace("{n}", n);
  };

  const show = () => {
    const chosen = Object.keys(order).filter(value);
    const asked = chosen.length > 0 || form.elements.hardship.checked;
    const dead = value("role") === "person" && value("injury") === "death";
    all.hidden = asked && !dead;
    results.hidden = !all.hidden;
    // 适用于哪些人、先问谁、条文没有写的为什么：选了哪里人、在哪里的，只留讲到的几句。
    for (const line of document.querySelectorAll("[data-places]:not([data-benefit])")) line.hidden = all.hidden && value("place") && !line.dataset.places.split(" ").includes(value("place"));
    // 户籍地办的，同一样写给不同的人的，只看自己的那几句。
    for (const line of document.querySelectorAll("#where [data-a], #decides [data-a]")) line.hidden = all.hidden && holds(line) === "n";
    const home = document.querySelector("[data-home]");
    if (home && !home.querySelector("li:not([hidden])")) home.hidden = true;
    // 家人还要知道讲的是谁。
    if (scope) {
      const lines = [...scope.querySelectorAll("li")];
      scope.hidden = lines.every((line) => line.hidden);
      scope.querySelector("[data-kin]").hidden = !all.hidden || ["", "person"].includes(value("role"));
    }
    // 家人牺牲的，先看是哪一种；没有牺牲的，用不着。
    const death = value("injury") === "death";
    if (!asked) fold.open = true;
    if (decides) {
      decides.hidden = !death && value("injury") !== "";
      decides.open = death;
      for (const kind of [...kinds, ...(first?.querySelectorAll("li, span > span") ?? [])]) kind.hidden = all.hidden && barred(kind);
      if (first) first.hidden = !first.querySelector("li:not([hidden])");
      for (const folded of decides.querySelectorAll("dd[data-soldiers] > details")) folded.open = value("place") === "serviceman";
      kinds[0].parentNode.append(...kinds.filter(soldiers), ...kinds.filter((kind) => !soldiers(kind)));
    }
    for (const limits of document.querySelectorAll("[data-limits]")) limits.hidden = !all.hidden || death || barred(limits) || ["", "none"].includes(value("injury")) || limits.hasAttribute("data-serviceman") !== (value("place") === "serviceman");
    document.querySelector(".yy-for-me").classList.toggle("yy-answer", all.hidden);
    const count = Object.fromEntries(["own", "duty", "national", "soldiers"].map((where) => [where, { yours: 0, depends: 0, not_stated: 0, not_yours: 0 }]));
    const sorted = new Map();
    for (const { card, home } of cards) {
      let least = "y";
      for (const line of card.querySelectorAll("[data-a]")) {
        const answer = all.hidden ? holds(line) : "y";
        line.dataset.holds = answer;
        line.querySelector("b")?.remove();
        // “尚需”一类的条件，句子自己说了；不适用的一类只列原因。
        if (answer === "d" && line.dataset.q && !line.hasAttribute("data-wanted")) {
          const mark = document.createElement("b");
          mark.textContent = form.dataset.mark + form.dataset.after;
          line.prepend(mark);
        }
        if ("nsdy".indexOf(answer) < "nsdy".indexOf(least)) least = answer;
      }
      const key = { y: "yours", d: "depends", s: "not_stated", n: "not_yours" }[least];
      const where = whose(card, key);
      count[where in count ? where : "own"][key] += 1;
      const list = all.hidden ? results.querySelector(`[data-result="${key}"] ${lists[where]}`) : home;
      sorted.set(list, [...(sorted.get(list) ?? []), card]);
    }
    for (const group of results.querySelectorAll("[data-group]")) group.remove();
    print_national(all.hidden ? [...(sorted.get(results.querySelector(`[data-result="depends"] ${lists.national}`)) ?? [])].sort((a, b) => rank(a) - rank(b)) : [], !death);
    for (const [list, own] of sorted) {
      if (all.hidden) own.sort((a, b) => rank(a) - rank(b) || closeness(a) - closeness(b));
      // 家人牺牲的，领多少在最前面已经说了：各类都按主题收起。
      // 符合条件的只有几项，不收。
      const unfolded = list.matches(lists.national) ? Number(!death) : list.matches('[data-result="depends"] > [data-own]') ? 2 * !death :
        death && own.length > few && list.matches('[data-result="yours"] > [data-own]') ? 0 : -1;
      list.append(...(all.hidden && unfolded >= 0 ? grouped(own, unfolded) : own));
    }
    // 符合条件的总在最前面；一项也没有的，不开头。
    results.prepend(results.querySelector(`[data-result="${count.own.yours ? "yours" : "depends"}"]`));
    if (all.hidden && count.own.yours) results.firstElementChild.after(...notes);
    else results.before(...notes);
    // 一项也没有的一类，整段收起。
    for (const section of results.querySelectorAll("[data-result]")) {
      const key = section.dataset.result;
      section.querySelector("[data-count]").textContent = count.own[key];
      section.querySelector("[data-none]").hidden = count.own[key] > 0;
      for (const summary of section.querySelectorAll("summary[data-form]")) tell(summary.parentNode, summary.parentNode.querySelectorAll(".yy-benefit").length);
      section.hidden = !section.querySelector(".yy-benefit");
    }
    // 纸上没有选项，写成一行；网址带着这个答案。
    const said_so = [...form.querySelectorAll("select")].filter((select) => select.value)
      .map(({ selectedOptions: [option] }) => option.dataset.short ?? option.textContent);
    if (form.elements.hardship.checked) said_so.push(form.querySelector("[type=checkbox]").parentNode.textContent.trim());
    const summary = fold.querySelector("summary");
    summary.dataset.asked ??= summary.textContent;
    summary.textContent = said_so.join(form.dataset.also) || summary.dataset.asked;
    summary.toggleAttribute("data-answered", asked);
    answer.textContent = asked && !dead ? answer.dataset.answer.replace("{answer}", said_so.join(form.dataset.also)) : "";
    address.textContent = location.href;
    said.textContent = dead ? said.dataset.dead : "";
    if (asked && !dead) {
      // 几个数，一眼看完；一项也没有的，不从零开头。标点给听的人，不显示。
      const figures = document.createElement("span");
      const put = (tag, within, words) => within.appendChild(Object.assign(document.createElement(tag), { textContent: words }));
      for (const [key, form] of Object.entries(JSON.parse(said.dataset.figures))) {
        if (key === "yours" && !count.own.yours) continue;
        const one = put("span", figures, ""), [unit, label] = form.split("|");
        put("b", one, count.own[key]);
        one.append(unit.replace("{n}", ""));
        put("span", one, label);
        put("i", one, said.dataset.stop);
      }
      said.append(figures, (count.own.not_stated ? said.dataset.silent.replace("{n}", count.own.not_stated) : "") + said.dataset.rest.replace("{n}", count.national.depends) + (chosen.length < Object.keys(order).length ? said.dataset.partial : ""));
    }
    const found = asked && !dead && value("role") && value("injury") ? others(death) : [];
    const [before, after] = said.dataset.others.split("{links}");
    found.forEach(([role, n], number) => {
      const link = document.createElement("a");
      const kept = new URLSearchParams(location.hash.slice(1));
      kept.set("role", role);
      link.href = `#${kept}`;
      link.textContent = said.dataset.other.replace("{role}", JSON.parse(said.dataset.whom)[role]).replace("{n}", n);
      said.append(number ? form.dataset.also : before, link);
    });
    if (found.length) said.append(after);
  };

  // 用手选完最后一问，收成一行，先看答案；键盘逐项翻选项的，不在他翻的时候收。
  let by_keys = false;
  let complete = false;
  const is_complete = () => Object.keys(order).every(value);
  const fold_once_complete = () => {
    if (is_complete() && !complete && !by_keys) {
      fold.open = false;
      fold.querySelector("summary").focus();
    }
    complete = is_complete();
  };

  const keep = () => {
    const kept = String(new URLSearchParams([...new FormData(form)].filter(([, v]) => v)));
    history.replaceState(null, "", `${location.pathname}${location.search}${kept && "#"}${kept}`);
    show();
    fold_once_complete();
  };
  const recall = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of Object.keys(order)) {
      form.elements[name].value = kept.get(name) ?? "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    }
    form.elements.hardship.checked = kept.get("hardship") === "1";
    fold.open = !Object.keys(order).some(value); // 带着答案来的，先看答案
    complete = is_complete();
    show();
  };

  form.hidden = false;
  form.addEventListener("keydown", () => { by_keys = true; });
  form.addEventListener("pointerdown", () => { by_keys = false; });
  form.addEventListener("change", keep);
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-print]").addEventListener("click", () => print());
  addEventListener("hashchange", recall);
  recall();
}
