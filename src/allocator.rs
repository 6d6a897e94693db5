//! Memory, overwritten when it is let go: what a patient typed, and the token, must not stay in it after the visit was put away.
#![allow(unsafe_code, reason = "an allocator is unsafe by its nature")]

use std::alloc::{GlobalAlloc, Layout};

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// Smaller than the standard library's own allocator, which matters more here than its speed.
struct Forgetful(WasmDynamicTalc);

#[global_allocator]
static ALLOCATOR: Forgetful = Forgetful(new_wasm_dynamic_allocator());

// SAFETY: both go to an allocator that keeps the promises. What is overwritten was allocated with that size, and nobody uses it
// any more. What grows or shrinks moves by way of these two, so that no copy stays behind.
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
