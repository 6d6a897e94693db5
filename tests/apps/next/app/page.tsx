import { Booking } from "./Booking";

export default function Page() {
  return (
    <main>
      <h1>Dana Whitfield, MD</h1>
      <Booking npi="1234567893" />
    </main>
  );
}
