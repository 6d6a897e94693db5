import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "find-a-time" } } })],
  optimizeDeps: { exclude: ["find-a-time"] },
  build: { rolldownOptions: { input: ["index.html", "late.html", "hydrated.html"] } },
});
