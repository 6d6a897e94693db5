import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  // The tests build with both of Next's bundlers, Turbopack and webpack, each into a folder of its own.
  distDir: process.env.NEXT_DIST ?? ".next",
};

export default config;
