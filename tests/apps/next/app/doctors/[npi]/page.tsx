import { Booking } from "../../Booking";

// Rendered for each request.
export const dynamic = "force-dynamic";

export default async function Page({ params }: { params: Promise<{ npi: string }> }) {
  const { npi } = await params;
  return (
    <main>
      <h1>Dana Whitfield, MD</h1>
      <Booking npi={npi} />
    </main>
  );
}
