// Runs in the reader's browser: a drawn chart that comes into view is replaced by its living version. Without it, everything stays readable.

import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

window.quartiersDraw = async (holder, spec) => {
  const stage = document.createElement("div");
  try {
    const { view } = await embed(stage, spec, {
      ast: true,
      expr: expressionInterpreter,
      renderer: "svg",
      actions: false,
      tooltip: { theme: "light" },
    });
    await view.runAsync();
  } catch (error) {
    holder.dataset.state = "drawn";
    console.error(error);
    return;
  }
  for (const element of stage.querySelectorAll("[role], [aria-label]")) {
    for (const name of element.getAttributeNames())
      if (name === "role" || name.startsWith("aria-")) element.removeAttribute(name);
  }
  stage.setAttribute("aria-hidden", "true");
  holder.replaceChildren(stage);
  holder.dataset.state = "live";
};
