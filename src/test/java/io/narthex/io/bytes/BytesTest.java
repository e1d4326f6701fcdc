package io.narthex.io.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void everythingComesBack() {
    BytesOut out = new BytesOut(1);
    out.u8(200).u16(60_000).u32(-5).u64(Long.MIN_VALUE).f64(-0.0).zeros(2).pad(8);
    out.uvarintString("abc").uvarintString("é😀").u32At(3, 7);
    BytesIn in = BytesIn.of("f", out.toByteArray());
    assertEquals(200, in.u8());
    assertEquals(60_000, in.u16());
    assertEquals(7, in.u32());
    assertEquals(Long.MIN_VALUE, in.u64());
    assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(in.f64()));
    in.skip(2).skip(7);
    assertEquals(32, in.position());
    assertEquals("abc", in.uvarintString());
    long before = in.position();
    assertEquals("é😀", in.uvarintString());
    assertFalse(in.hasRemaining());
    byte[] same = "é😀".getBytes(StandardCharsets.UTF_8);
    assertEquals(0, in.seek(before, in.end()).compareUvarintString(same));
    assertTrue(in.seek(before, in.end()).compareUvarintString(new byte[] {'z'}) > 0);
    assertTrue(in.seek(before, in.end()).compareUvarintString(new byte[] {(byte) 0xff}) < 0);
  }

  @Test
  void varintsAreThoseOfGo() {
    Object[][] cases = {
      {0L, "00"}, {127L, "7f"}, {128L, "8001"}, {300L, "ac02"}, {-1L, "ffffffffffffffffff01"}
    };
    for (Object[] c : cases) {
      BytesOut out = new BytesOut().uvarint((Long) c[0]);
      assertEquals(c[1], HexFormat.of().formatHex(out.toByteArray()));
      assertEquals(out.length(), Varint.sizeUnsigned((Long) c[0]));
    }
    long seed = 3;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      BytesOut out = new BytesOut().varint(value).uvarint(value);
      BytesIn in = BytesIn.of("f", out.toByteArray());
      assertEquals(value, in.varint(), "seed " + seed);
      assertEquals(value, in.uvarint(), "seed " + seed);
    }
  }

  @Test
  void nonsenseSaysWhere() {
    BytesIn in = BytesIn.of("f", new byte[] {1, 2, 3});
    in.u16();
    CorruptFileException e = assertThrows(CorruptFileException.class, in::u32);
    assertEquals("f: corrupt at offset 2: needs 4 more bytes, but only 1 are left", e.getMessage());
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xff);
    assertThrows(CorruptFileException.class, () -> BytesIn.of("f", endless).uvarint());
    assertThrows(CorruptFileException.class, () -> in.seek(2, 9));
    assertThrows(CorruptFileException.class, () -> in.seek(0, 3).skip(-1));
  }

  @Test
  void checksumIsCastagnolis() {
    byte[] text = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xe3069283, Crc32c.of(text, 0, text.length));
    assertEquals(0xe3069283, Crc32c.of(MemorySegment.ofArray(text), 0, text.length));
    BytesOut out = new BytesOut().bytes(text);
    out.u32(out.crc32c(0));
    BytesIn.of("f", out.toByteArray()).skip(9).checkCrc32c(0);
    byte[] bad = out.toByteArray();
    bad[0]++;
    assertThrows(CorruptFileException.class, () -> BytesIn.of("f", bad).skip(9).checkCrc32c(0));
  }
}
