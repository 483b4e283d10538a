// Bytes to luma, four pixels of a row in a vector. The type parameter `T` stands for the number of channels: u8
// grey, u16 RGB, u32 RGBA (alpha ignored). `F` is f32 for the reference's own 32-bit sum in its order, f64 for
// what 64-bit weights give after rounding: (299 R + 587 G + 114 B) / 1000, the sum exact and rounded once.

/** Bytes of a pixel. */
// @ts-ignore: decorator
@inline
export function channelsOf<T>(): i32 {
  return sizeof<T>() == 1 ? 1 : sizeof<T>() == 2 ? 3 : 4
}

// Constants of a loop lie in memory and are loaded before it: engines build a constant vector anew at each use.
const spread: usize = memory.data<u8>([0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255], 16)
const masks: usize = memory.data<u32>([0xff, 0xff00, 0xff0000], 16)
// Green is read as 256 G and blue as 65,536 B: powers of two that the weights take back without rounding.
const weights32: usize = memory.data<f32>([0.299, <f32>0.587 / 256, <f32>0.114 / 65536], 16)
const weights64: usize = memory.data<f32>([299, <f32>587 / 256, <f32>114 / 65536], 16)
const thousand: usize = memory.data<f32>([1000], 16)

// @ts-ignore: decorator
@inline
export function spreadOf(): v128 {
  return v128.load(spread)
}

// @ts-ignore: decorator
@inline
export function maskOf(channel: usize): v128 {
  return v128.load_splat<u32>(masks + channel * 4)
}

// @ts-ignore: decorator
@inline
export function weightOf<F>(channel: usize): v128 {
  return v128.load_splat<u32>((sizeof<F>() == 4 ? weights32 : weights64) + channel * 4)
}

// @ts-ignore: decorator
@inline
export function divisorOf(): v128 {
  return v128.load_splat<u32>(thousand)
}

/** Luma of four pixels from `at`; the constants come from the loop around. */
// @ts-ignore: decorator
@inline
export function lumaOf<T, F>(
  at: usize,
  spread: v128,
  red: v128,
  green: v128,
  blue: v128,
  redWeight: v128,
  greenWeight: v128,
  blueWeight: v128,
  divisor: v128,
): v128 {
  if (sizeof<T>() == 1) {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load_zero<u32>(at))))
  }
  let pixels = v128.load(at)
  if (sizeof<T>() == 2) pixels = i8x16.swizzle(pixels, spread)
  const sum = f32x4.add(
    f32x4.add(
      f32x4.mul(f32x4.convert_i32x4_s(v128.and(pixels, red)), redWeight),
      f32x4.mul(f32x4.convert_i32x4_s(v128.and(pixels, green)), greenWeight),
    ),
    f32x4.mul(f32x4.convert_i32x4_s(v128.and(pixels, blue)), blueWeight),
  )
  return sizeof<F>() == 4 ? sum : f32x4.div(sum, divisor)
}
