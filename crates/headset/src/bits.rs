//! Single bits of a report (HID 1.11 §8: fields are packed without gaps, lowest bit first).

/// The bit at `offset`; a report that is too short has zeros there.
pub(crate) fn get(bytes: &[u8], offset: usize) -> bool {
    bytes
        .get(offset / 8)
        .is_some_and(|byte| byte >> (offset % 8) & 1 == 1)
}

/// Sets the bit at `offset`, lengthening the report as needed.
pub(crate) fn set(bytes: &mut Vec<u8>, offset: usize, on: bool) {
    let index = offset / 8;
    if bytes.len() <= index {
        bytes.resize(index + 1, 0);
    }
    let mask = 1 << (offset % 8);
    if let Some(byte) = bytes.get_mut(index) {
        *byte = if on { *byte | mask } else { *byte & !mask };
    }
}

/// An unsigned number of at most 32 bits.
pub(crate) fn number(bytes: &[u8], offset: usize, size: usize) -> u32 {
    (0..size.min(32)).fold(0, |sum, bit| sum | u32::from(get(bytes, offset + bit)) << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_cross_bytes_lowest_first() {
        assert!(get(&[0b1000_0000, 1], 7) && get(&[0b1000_0000, 1], 8));
        assert!(!get(&[0xff], 8));
        assert_eq!(number(&[0b1100_0000, 0b1], 6, 4), 0b0111);
        let mut bytes = Vec::new();
        set(&mut bytes, 9, true);
        assert_eq!(bytes, [0, 2]);
        set(&mut bytes, 9, false);
        assert_eq!(bytes, [0, 0]);
    }
}
