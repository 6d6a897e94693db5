import { defineConfig } from "vite";

export default defineConfig({
  optimizeDeps: { exclude: ["find-a-time"] },
});
