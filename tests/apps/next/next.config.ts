import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  // For the tests, which build with both bundlers.
  distDir: process.env.NEXT_DIST ?? ".next",
};

export default config;
