import { h } from "./dom.js";

/** The packet view: documents, the paper, the form. */
export function mount(element, app) {
  const paper = new app.paper(app);
  element.append(h("div", { class: "packet" }, paper.element));
  const render = () => paper.show({ document: app.state.document, instance: app.state.instance, render: () => app.api.post("/api/render", app.request()) });
  for (const event of ["edition", "data", "change", "state", "select"]) app.on(event, render);
  render();
}
