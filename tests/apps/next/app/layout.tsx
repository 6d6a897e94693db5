import type { Metadata } from "next";
import "./page.css";

export const metadata: Metadata = { title: "Find a doctor", icons: { icon: "data:," } };

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
