package io.narthex.io.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemDiskTest {

  private final Disk disk = Disk.system();

  @TempDir Path folder;

  @Test
  void writesAtTheEndAndInTheMiddle() {
    Path file = folder.resolve("a");
    try (DiskFile out = disk.create(file)) {
      out.write(new byte[] {9, 1, 2, 3, 9}, 1, 3);
      out.writeAt(1, ByteBuffer.wrap(new byte[] {7}));
      assertEquals(3, out.position());
      out.fsync();
    }
    try (DiskFile out = disk.append(file)) {
      assertEquals(3, out.position());
      out.truncate(2);
      out.write(ByteBuffer.wrap(new byte[] {4}));
    }
    assertArrayEquals(new byte[] {1, 7, 4}, disk.read(file));
    try (DiskFile out = disk.create(file)) {
      assertEquals(0, out.position());
    }
    assertEquals(0, disk.sizeBytes(file));
  }

  @Test
  void mapsForReadingAndForWriting() {
    Path file = folder.resolve("a");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map = disk.mapWritable(file, 100_000, arena);
      assertEquals(0, map.get(ValueLayout.JAVA_BYTE, 99_999));
      map.set(ValueLayout.JAVA_BYTE, 5, (byte) 42);
      MemorySegment reading = disk.map(file, arena);
      assertEquals(100_000, reading.byteSize());
      assertEquals(42, reading.get(ValueLayout.JAVA_BYTE, 5));
      disk.create(folder.resolve("empty")).close();
      assertEquals(0, disk.map(folder.resolve("empty"), arena).byteSize());
    }
  }

  @Test
  void foldersAreListedMovedLinkedAndRemoved() {
    Path deep = folder.resolve("x/y");
    disk.createDirectories(deep);
    disk.replace(deep.resolve("f"), new byte[] {1, 2});
    disk.replace(deep.resolve("f"), new byte[] {3, 4, 5});
    disk.link(deep.resolve("f"), deep.resolve("e"));
    assertEquals(List.of(deep.resolve("e"), deep.resolve("f")), disk.list(deep));
    assertEquals(6, disk.sizeBytes(folder));
    disk.rename(folder.resolve("x"), folder.resolve("z"));
    disk.fsyncDirectory(folder);
    assertFalse(disk.exists(deep));
    assertTrue(disk.isDirectory(folder.resolve("z/y")));
    disk.delete(folder.resolve("z"));
    disk.delete(folder.resolve("z"));
    assertEquals(List.of(), disk.list(folder));
    assertTrue(disk.usableBytes(folder) <= disk.totalBytes(folder));
  }

  @Test
  void aLockIsHeldOnce() {
    Path file = folder.resolve("lock");
    try (DiskLock lock = disk.lock(file)) {
      DiskException e = assertThrows(DiskException.class, () -> disk.lock(file));
      assertTrue(String.valueOf(e.getMessage()).contains("held by another process"));
      lock.close();
    }
    disk.lock(file).close();
  }

  @Test
  void failuresSayPathAndReason() {
    Path missing = folder.resolve("no/such");
    assertEquals(
        "open " + missing + ": no such file or directory",
        assertThrows(DiskException.class, () -> disk.read(missing)).getMessage());
    assertEquals(
        "create " + missing + ": no such file or directory",
        assertThrows(DiskException.class, () -> disk.create(missing)).getMessage());
    assertEquals(
        "list " + missing + ": no such file or directory",
        assertThrows(DiskException.class, () -> disk.list(missing)).getMessage());
  }
}
