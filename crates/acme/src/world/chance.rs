//! Pseudo-random draws that depend only on the seed and on what they are for, so that a seed gives the same world on
//! every machine and in every order of requests.

/// A number for these words under this seed, evenly distributed over `u64` (SplitMix64 folded over the words).
pub fn draw(seed: u64, words: &[u64]) -> u64 {
    let mut state = mix(seed);
    for &word in words {
        state = mix(state ^ word.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    }
    state
}

/// A text hashed to a word for [`draw`] (FNV-1a).
pub fn word(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
