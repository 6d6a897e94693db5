import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  // The tests build with both bundlers.
  distDir: process.env.NEXT_DIST ?? ".next",
};

export default config;
