//! Photographs for the bench: JPEG of 12 megapixels, each another one, as large as those of a camera. They are written
//! as the coefficients of which JPEG is made, a gradient for the means of the squares and noise that grows fainter as it
//! grows finer: nothing has to be transformed, and decoding them costs what decoding a photograph costs.

const WIDTH: u16 = 4_000;
const HEIGHT: u16 = 3_000;
/// Bits of the noise, from coarse to fine, in the order in which coefficients are stored.
const NOISE: [u32; 32] =
    [4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1];
/// By how much coefficients were divided.
const STEP: u8 = 3;

/// The photograph with this number.
pub fn photograph(number: u64) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    segment(&mut out, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(&mut out, 0xdb, &[&[0][..], &[STEP; 64]].concat());
    let size = [&[8][..], &HEIGHT.to_be_bytes(), &WIDTH.to_be_bytes()].concat();
    // Brightness at full size, colours at half of it.
    segment(&mut out, 0xc0, &[&size[..], &[3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]].concat());
    // Codes of one length for all sizes: of differences 0 to 11 four bits, of noise none to four bits three.
    let counts = |length: usize, count: u8| (1..=16).map(move |n| if n == length { count } else { 0 });
    segment(&mut out, 0xc4, &std::iter::once(0).chain(counts(4, 12)).chain(0..12).collect::<Vec<u8>>());
    segment(&mut out, 0xc4, &std::iter::once(0x10).chain(counts(3, 5)).chain(0..5).collect::<Vec<u8>>());
    segment(&mut out, 0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    scan(&mut out, number);
    out.extend([0xff, 0xd9]);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xff, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

fn scan(out: &mut Vec<u8>, number: u64) {
    let mut bits = Bits { out, held: 0, count: 0 };
    let mut noise = Noise(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut before = [0_i32; 3];
    let (across, down) = (i32::from(WIDTH.div_ceil(16)), i32::from(HEIGHT.div_ceil(16)));
    for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
        // Four squares of brightness, then one of either colour.
        for (component, fine) in [(0, true), (0, true), (0, true), (0, true), (1, false), (2, false)] {
            let slope = [x * 200 / across + y * 100 / down, y * 60 / down, x * 60 / across][component];
            let mean = slope - 150 + (noise.bits(4) as i32);
            bits.difference(mean - before[component]);
            before[component] = mean;
            let finest = if fine { NOISE.len() } else { 6 };
            for size in NOISE.iter().take(finest) {
                bits.put(*size, 3);
                // The first bit says the sign, and a value of that size has its first bit set.
                bits.put(noise.bits(*size), *size);
            }
            bits.put(0, 3);
        }
    }
    bits.end();
}

/// Bits into bytes; a byte of 255 is followed by a zero, for it is no marker.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, value: u32, count: u32) {
        self.held = self.held << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count & 0xff) as u8;
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }

    fn difference(&mut self, step: i32) {
        let size = 32 - step.unsigned_abs().leading_zeros();
        self.put(size, 4);
        let value = if step < 0 { step + (1 << size) - 1 } else { step };
        self.put(value as u32, size);
    }

    fn end(mut self) {
        let missing = (8 - self.count % 8) % 8;
        self.put((1 << missing) - 1, missing);
    }
}

/// Numbers that look random and are the same each time.
struct Noise(u64);

impl Noise {
    fn bits(&mut self, count: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as u32 & ((1 << count) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::photograph;

    #[test]
    fn a_photograph_is_as_large_as_those_of_a_camera_and_no_two_are_the_same() {
        let (one, two) = (photograph(1), photograph(2));
        assert!((4_000_000..6_000_000).contains(&one.len()), "{}", one.len());
        assert!(one != two && one == photograph(1));
        assert!(one.ends_with(&[0xff, 0xd9]));
    }
}
