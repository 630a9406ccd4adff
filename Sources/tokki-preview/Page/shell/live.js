/**
 * Loads the page by `start`, then follows the server's events: templates and data that were saved, a batch that goes on.
 *
 * The stream is there before anything is asked for, and its events are handled one after the other: so nothing that happens
 * while the page loads is missed, and no older answer comes last.
 *
 * @param {() => Promise<void>} start
 */
export function listen(app, start) {
  const source = new EventSource("api/events");
  const isThere = new Promise((resolve) => ["open", "error"].forEach((name) => source.addEventListener(name, resolve, { once: true })));
  let taken = isThere.then(start);
  const take = (f) => { taken = taken.then(f).catch((error) => app.fail(error)); };
  const on = (name, f) => source.addEventListener(name, (event) => take(() => f(JSON.parse(event.data))));

  source.addEventListener("open", () => {
    app.api.whenGone(false);
    if (source.wasLost) take(catchUp);
    source.wasLost = false;
  });
  source.addEventListener("error", () => {
    source.wasLost = true;
    // The browser tries again by itself; a program that is gone is seen by asking it something.
    app.api.get("api/batch").then(() => {
      if (source.readyState !== EventSource.CLOSED) return;
      const text = "この画面がほかのタブでも多く開かれているため、ファイルの変更や一括作成の進み具合は、ここには出ません。ほかのタブを閉じて、読み込み直してください。";
      app.banners.show("deaf", { text, kind: "warning", canClose: true });
    }).catch(() => {});
  });

  on("edition", async () => {
    await editionSaved();
    app.announce("ひな形が新しくなりました。");
  });
  on("edition-broken", ({ diagnostics }) => app.emit("broken", diagnostics));
  on("batch", (batch) => app.emit("batch", batch));
  on("data", ({ version }) => changed(version));

  /** The edition is another; the first one that is right opens the page. */
  async function editionSaved() {
    const wasBroken = !app.edition;
    await app.loadEdition();
    if (!wasBroken || !app.edition) return;
    await app.loadData();
    app.router.start();
  }

  /** What happened while the stream was closed. */
  async function catchUp() {
    await editionSaved();
    if (!app.edition) return;
    app.emit("batch", await app.api.get("api/batch"));
    await changed((await app.api.get("api/data")).version);
  }

  /** The data file has another version. */
  async function changed(version) {
    // Who opened another file has nothing to do with that of the program.
    if (app.store.isOwn || version === app.store.version) return;
    if (!app.store.isDirty && (await app.loadData({ unlessTyped: true }))) {
      app.announce("データファイルが新しくなりました。");
      return;
    }
    const text = "データファイルが、ほかの画面又はソフトで変更されました。この画面には、まだ保存していない変更があります。";
    app.banners.show("data", {
      text,
      actions: [
        ["ファイルを読み直す（この画面の変更は失われます）", () => { app.banners.hide("data"); app.loadData().catch((error) => app.fail(error)); }],
        ["このまま続ける", () => app.banners.hide("data")],
      ],
    });
  }
}
