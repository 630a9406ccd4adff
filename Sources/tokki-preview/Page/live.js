/** Follows the server's events: templates and data that were saved, a batch that goes on. */
export function listen(app) {
  const source = new EventSource("/api/events");
  const on = (name, f) => source.addEventListener(name, async (event) => {
    try {
      await f(JSON.parse(event.data));
    } catch (error) {
      app.fail(error);
    }
  });

  source.addEventListener("open", () => {
    app.api.whenGone(false);
    if (app.edition && source.wasLost) catchUp().catch((error) => app.fail(error));
    source.wasLost = false;
  });
  source.addEventListener("error", () => {
    source.wasLost = true;
    if (source.readyState === EventSource.CLOSED) {
      const text = "この画面がほかのタブでも多く開かれているため、ファイルの変更や一括作成の進み具合は、ここには出ません。ほかのタブを閉じて、読み込み直してください。";
      app.banners.show("deaf", { text, kind: "warning", canClose: true });
    }
    // The browser tries again by itself; a program that is gone is seen by asking it something.
    app.api.get("/api/batch").catch(() => {});
  });

  on("edition", async () => {
    const wasBroken = !app.edition;
    await app.loadEdition();
    if (wasBroken) {
      await app.loadData();
      app.router.start();
    }
    app.announce("ひな形が新しくなりました。");
  });
  on("edition-broken", ({ diagnostics }) => app.emit("broken", diagnostics));
  on("batch", (batch) => app.emit("batch", batch));
  on("data", ({ version }) => changed(version));

  /** What happened while nobody listened. */
  async function catchUp() {
    await app.loadEdition();
    app.emit("batch", await app.api.get("/api/batch"));
    await changed((await app.api.get("/api/data")).version);
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
