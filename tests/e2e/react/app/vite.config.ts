import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  optimizeDeps: { exclude: ["find-a-time"] },
  build: { rolldownOptions: { input: ["index.html", "late.html", "hydrated.html", "hydrated-late.html"] } },
});
