export default defineNuxtConfig({
  telemetry: false,
  devtools: { enabled: false },
  app: { head: { htmlAttrs: { lang: "en" }, title: "Find a doctor", link: [{ rel: "icon", href: "data:," }] } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === "find-a-time" } },
  vite: { optimizeDeps: { exclude: ["find-a-time"] } },
});
