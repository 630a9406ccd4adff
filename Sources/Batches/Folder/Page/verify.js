"use strict";
(() => {
  const MANIFEST = "manifest.json";
  const at = (id) => document.getElementById(id);

  // The batch: a line a packet, path TAB root TAB check number TAB whether its vendor is still on the list.
  let run;
  function packets() {
    if (run) return run;
    run = { byRoot: new Map(), byPath: new Map(), byNumber: new Map() };
    for (const line of at("packets").textContent.split("\n")) {
      if (!line) continue;
      const [path, root, number, listed] = line.split("\t");
      const packet = { path, root, number, isListed: listed !== "0" };
      run.byRoot.set(root, packet);
      run.byPath.set(path, packet);
      run.byNumber.set(number, packet);
    }
    return run;
  }

  async function sha256(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // MARK: What was given: [{path, file}], a file of null for a folder that is empty.

  async function entries(reader) {
    const all = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return all;
      all.push(...some);
    }
  }

  async function walk(entry, parent, found) {
    const path = parent + entry.name;
    if (entry.isFile) {
      found.push({ path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
      return;
    }
    const inside = await entries(entry.createReader());
    if (!inside.length) found.push({ path, file: null });
    for (const child of inside) await walk(child, path + "/", found);
  }

  async function dropped(transfer) {
    // Asked for at once: the list is empty after the first wait.
    const roots = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const files = Array.from(transfer.files, (file) => ({ path: file.name, file }));
    if (!roots.length || roots.includes(null) || roots.includes(undefined)) return files;
    const found = [];
    for (const root of roots) await walk(root, "", found);
    return found;
  }

  const parentOf = (path) => path.slice(0, path.lastIndexOf("/") + 1);

  // What stands in a batch's folder beside its packets.
  const isRuns = (name) => /^(run\.json|verify\.html|rejects\..*|print-(vendor|document)\.html|\.tokki\/.*)$/.test(name);

  // Files by the folder whose manifest.json speaks for them; those that no manifest speaks for; a batch's own files fall out.
  function grouped(found) {
    const named = (name) => new Set(found.filter((one) => one.path === parentOf(one.path) + name).map((one) => parentOf(one.path)));
    const homes = named(MANIFEST);
    const runs = named("run.json");
    const groups = new Map(Array.from(homes, (home) => [home, []]));
    const unmatched = [];
    for (const one of found) {
      let home = parentOf(one.path);
      while (home && !homes.has(home)) home = parentOf(home.slice(0, -1));
      if (homes.has(home)) {
        groups.get(home).push({ name: one.path.slice(home.length), file: one.file });
      } else if (!Array.from(runs).some((run) => one.path.startsWith(run) && isRuns(one.path.slice(run.length)))) {
        unmatched.push(one.path);
      }
    }
    return { groups, unmatched };
  }

  // MARK: The check

  // The root that a manifest's bytes have; "" if they do not state that very root at their end.
  async function rootOf(bytes) {
    const end = 13 + 64 + 4;
    const tail = new TextDecoder("latin1").decode(bytes.slice(-end));
    const stated = /^,\n {2}"root": "([0-9a-f]{64})"\n}\n$/.exec(tail);
    if (!stated) return "";
    // The manifest without this member, of which it is the digest.
    const body = new Uint8Array(bytes.length - end + 3);
    body.set(bytes.subarray(0, bytes.length - end));
    body.set(new TextEncoder().encode("\n}\n"), bytes.length - end);
    return (await sha256(body)) === stated[1] ? stated[1] : "";
  }

  // The name of one file in the packet's own folder.
  const isPlain = (name) => typeof name === "string" && !["", ".", "..", MANIFEST].includes(name) && !/[/\0]/.test(name);

  async function check(home, files) {
    const known = packets();
    const names = home.split("/").filter(Boolean);
    const folder = names.slice(-2).join("/");
    const text = files.find((one) => one.name === MANIFEST);
    const bytes = new Uint8Array(await text.file.arrayBuffer());
    const packet = known.byRoot.get(await rootOf(bytes));
    if (!packet) {
      const number = /"check_number": "([0-9A-Z-]*)"/.exec(new TextDecoder().decode(bytes));
      const meant = known.byNumber.get(number && number[1]) || known.byPath.get(folder);
      const found = { changed: [MANIFEST], missing: [], added: [] };
      return meant ? { verdict: "different", packet: meant, found, folder } : { verdict: "foreign", folder };
    }
    const found = { changed: [], missing: [], added: [] };
    const listed = JSON.parse(new TextDecoder().decode(bytes)).files;
    if (!listed.every(({ name }) => isPlain(name)) || new Set(listed.map(({ name }) => name)).size < listed.length) {
      found.changed.push(MANIFEST);
    }
    const given = new Map(files.map((one) => [one.name, one.file]));
    given.delete(MANIFEST);
    for (const { name, size, sha256: digest } of listed) {
      const file = given.get(name);
      if (!given.delete(name)) found.missing.push(name);
      else if (!file || file.size !== size || (await sha256(await file.arrayBuffer())) !== digest) found.changed.push(name);
    }
    found.added.push(...given.keys());
    const isSame = !found.changed.length && !found.missing.length && !found.added.length;
    const last = names.at(-1);
    const isElsewhere = isSame && last !== undefined && last !== packet.path.split("/").at(-1);
    return { verdict: isSame ? "same" : "different", packet, found, folder, isElsewhere, count: listed.length + 1 };
  }

  // MARK: The answer

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function particulars(pairs) {
    const list = element("dl");
    for (const [term, text, className] of pairs) {
      const row = element("div");
      row.append(element("dt", term), element("dd", text, className));
      list.append(row);
    }
    return list;
  }

  function listing(title, names) {
    if (!names.length) return [];
    const list = element("ul");
    list.append(...names.sort().map((name) => element("li", name)));
    return [element("h3", `${title}（${names.length}件）`), list];
  }

  function section(heading, isLong, className, lead, ...content) {
    const made = element("section", undefined, `result ${className}`);
    made.append(element("h2", heading, isLong ? "long" : ""), element("p", lead, "lead"), ...content);
    return made;
  }

  function shown({ verdict, packet, found, folder, isElsewhere, count }) {
    if (verdict === "foreign") {
      return section("この一括作成の書類一式ではありません", true, "different",
        "この頁の一覧にない書類一式です。渡された頁とフォルダーが同じ一括作成のものか、確かめてください。",
        particulars([["入れたフォルダー", folder || "（ファイルだけ）"]]));
    }
    const rows = [["書類一式", packet.path], ["照合番号", packet.number, "number"]];
    const notes = packet.isListed ? [] : [element("p", "この受注者は、今の一覧には載っていません。", "note")];
    if (verdict === "same") {
      if (isElsewhere) {
        notes.push(element("p", `入れたフォルダーの名前（${folder}）は、作成した時と異なります。上の照合番号を書類と見比べてください。`, "note"));
      }
      return section("一致", false, "same", "書類一式は、作成した時のままです。",
        particulars([...rows, ["ファイル", `${count}個`]]), ...notes);
    }
    return section("不一致", false, "different", "書類一式は、作成した時のままではありません。",
      particulars(rows), ...listing("変えられたファイル", found.changed), ...listing("足りないファイル", found.missing),
      ...listing("加えられたファイル", found.added), ...notes);
  }

  function shownUnmatched(paths) {
    return section("確認できません", true, "different",
      "この一括作成の書類一式ではありません。書類一式の中のファイルなら、manifest.json を含むフォルダーごと入れてください。",
      ...listing("書類一式に属さないファイル", paths));
  }

  // What is asked for while a check is under way makes its answer void.
  let turn = 0;
  async function answer(gather) {
    const mine = ++turn;
    const summary = at("summary");
    const results = at("results");
    results.replaceChildren();
    summary.textContent = "確かめています。";
    let found;
    const sections = [];
    const counts = { same: 0, different: 0, foreign: 0 };
    try {
      found = await gather();
      const { groups, unmatched } = grouped(found);
      for (const [home, files] of groups) {
        const outcome = await check(home, files);
        if (mine !== turn) return;
        counts[outcome.verdict] += 1;
        sections.push(shown(outcome));
        if (sections.length % 100 === 0) summary.textContent = `確かめています（${sections.length}件）。`;
      }
      if (unmatched.length) sections.push(shownUnmatched(unmatched));
      if (mine !== turn) return;
    } catch {
      if (mine === turn) summary.textContent = "ファイルを読めませんでした。もう一度入れてください。";
      return;
    }
    results.replaceChildren(...sections);
    if (!sections.length) {
      summary.textContent = "ファイルがありません。";
      return;
    }
    const other = counts.different + counts.foreign;
    summary.textContent = `確かめました：一致 ${counts.same}件、不一致 ${other}件` +
      (counts.same + other < sections.length ? "、書類一式に属さないファイルがあります" : "");
  }

  // MARK: The page

  if (!window.crypto || !crypto.subtle) {
    at("summary").textContent = "このブラウザーでは確かめられません。新しいブラウザーで開いてください。";
    return;
  }
  for (const [button, input] of [["pick-folder", "folder"], ["pick-files", "files"]]) {
    at(button).addEventListener("click", () => at(input).click());
    at(input).addEventListener("change", (event) => {
      const files = Array.from(event.target.files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
      event.target.value = "";
      answer(() => files);
    });
  }
  // A file that misses the place must not replace the page.
  const place = at("place");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) place.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    const gathering = dropped(event.dataTransfer);
    answer(() => gathering);
  });
})();
