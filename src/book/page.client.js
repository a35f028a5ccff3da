// Brings the charts to life one by one, when they come into view. Classic scripts only, so that the site also works from a folder (file://).
(() => {
  const scripts = new Map();
  const load = (src) => {
    if (!scripts.has(src)) {
      scripts.set(
        src,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = src;
          script.onload = resolve;
          script.onerror = reject;
          document.head.append(script);
        }),
      );
    }
    return scripts.get(src);
  };
  const specs = {};
  window.quartiersSpecs = specs;
  const observer = new IntersectionObserver(
    async (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const { chart } = target.dataset;
        await Promise.all([load("assets/charts.js"), load(`figures/${chart}/${chart}.spec.js`)]);
        await window.quartiersDraw(target, specs[chart]);
      }
    },
    { rootMargin: "200px" },
  );
  for (const holder of document.querySelectorAll("[data-chart]")) observer.observe(holder);
})();
