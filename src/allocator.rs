//! The allocator of the wasm. It overwrites memory when it is freed: what a patient typed, and the token, must not stay
//! readable after the patient has put the visit away.
#![allow(unsafe_code, reason = "an allocator is unsafe by its nature")]

use std::alloc::{GlobalAlloc, Layout};

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// Wraps `talc`, which compiles to less code than the standard library's allocator; size matters more here than speed.
struct Forgetful(WasmDynamicTalc);

#[global_allocator]
static ALLOCATOR: Forgetful = Forgetful(new_wasm_dynamic_allocator());

// SAFETY: both functions call an allocator that fulfills the contract of `GlobalAlloc`. The overwritten bytes
// were allocated with this layout's size, and nothing uses them any more. `realloc` is the default one, which
// calls these two functions, so that it leaves no copy behind.
unsafe impl GlobalAlloc for Forgetful {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe {
            place.write_bytes(0, layout.size());
            self.0.dealloc(place, layout);
        }
    }
}
