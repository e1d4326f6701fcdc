package io.narthex.exporter.node;

import io.narthex.exporter.KernelText;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Map;

/// The system calls that tell what no file does. Layouts are those of 64-bit Linux.
final class Libc {

  /// `adjtimex` returns this if the clock is not synchronised.
  static final int TIME_ERROR = 5;

  private static final int STATFS_BYTES = 120;
  private static final int TIMEX_BYTES = 208;
  private static final int UTSNAME_FIELD_BYTES = 65;

  /// Texts of the errors that mounts give, as Go's `syscall.Errno` has them.
  private static final Map<Integer, String> ERRORS =
      Map.ofEntries(
          Map.entry(1, "operation not permitted"),
          Map.entry(2, "no such file or directory"),
          Map.entry(5, "input/output error"),
          Map.entry(6, "no such device or address"),
          Map.entry(13, "permission denied"),
          Map.entry(20, "not a directory"),
          Map.entry(38, "function not implemented"),
          Map.entry(40, "too many levels of symbolic links"),
          Map.entry(107, "transport endpoint is not connected"),
          Map.entry(110, "connection timed out"),
          Map.entry(112, "host is down"),
          Map.entry(116, "stale NFS file handle"));

  private final MethodHandle statfs;
  private final MethodHandle adjtimex;
  private final MethodHandle uname;
  private final MethodHandle getpagesize;
  private final MemoryLayout stateLayout = Linker.Option.captureStateLayout();
  private final VarHandle errno =
      stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  Libc() {
    Linker linker = Linker.nativeLinker();
    Linker.Option errors = Linker.Option.captureCallState("errno");
    statfs =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("statfs"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
            errors);
    FunctionDescriptor onePointer =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    adjtimex =
        linker.downcallHandle(linker.defaultLookup().findOrThrow("adjtimex"), onePointer, errors);
    uname = linker.downcallHandle(linker.defaultLookup().findOrThrow("uname"), onePointer, errors);
    getpagesize =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getpagesize"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
  }

  /// Space of the file system that holds `path`.
  ///
  /// @throws IOException with the text of the system's error
  FileSystemSpace statfs(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(STATFS_BYTES, 8);
      MemorySegment state = arena.allocate(stateLayout);
      check((int) statfs.invokeExact(state, arena.allocateFrom(path.toString()), out), state);
      double block = word(out, 8);
      return new FileSystemSpace(
          word(out, 16) * block,
          word(out, 24) * block,
          word(out, 32) * block,
          word(out, 40),
          word(out, 48));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("BUG: statfs", e);
    }
  }

  /// State of the kernel's clock discipline.
  Timex adjtimex() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment t = arena.allocate(TIMEX_BYTES, 8);
      MemorySegment state = arena.allocate(stateLayout);
      int clockState = check((int) adjtimex.invokeExact(state, t), state);
      return new Timex(
          clockState,
          t.get(ValueLayout.JAVA_LONG, 8),
          t.get(ValueLayout.JAVA_LONG, 16),
          t.get(ValueLayout.JAVA_LONG, 24),
          t.get(ValueLayout.JAVA_LONG, 32),
          t.get(ValueLayout.JAVA_INT, 40),
          t.get(ValueLayout.JAVA_LONG, 48),
          t.get(ValueLayout.JAVA_LONG, 88),
          t.get(ValueLayout.JAVA_LONG, 96),
          t.get(ValueLayout.JAVA_LONG, 104),
          t.get(ValueLayout.JAVA_INT, 112),
          t.get(ValueLayout.JAVA_LONG, 120),
          t.get(ValueLayout.JAVA_LONG, 128),
          t.get(ValueLayout.JAVA_LONG, 136),
          t.get(ValueLayout.JAVA_LONG, 144),
          t.get(ValueLayout.JAVA_LONG, 152),
          t.get(ValueLayout.JAVA_INT, 160));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("BUG: adjtimex", e);
    }
  }

  /// Sysname, nodename, release, version, machine, domainname.
  String[] uname() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(6 * UTSNAME_FIELD_BYTES);
      MemorySegment state = arena.allocate(stateLayout);
      check((int) uname.invokeExact(state, out), state);
      String[] fields = new String[6];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = out.getString((long) i * UTSNAME_FIELD_BYTES);
      }
      return fields;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("BUG: uname", e);
    }
  }

  /// Bytes of a page of memory.
  int pageSizeBytes() {
    try {
      return (int) getpagesize.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("BUG: getpagesize", e);
    }
  }

  private int check(int result, MemorySegment state) throws IOException {
    if (result < 0) {
      int number = (int) errno.get(state, 0L);
      throw new IOException(ERRORS.getOrDefault(number, "errno " + number));
    }
    return result;
  }

  private static double word(MemorySegment segment, long offset) {
    return KernelText.unsigned(segment.get(ValueLayout.JAVA_LONG, offset));
  }

  /// Bytes and inodes of a file system.
  record FileSystemSpace(
      double sizeBytes, double freeBytes, double availBytes, double files, double filesFree) {}

  /// `struct timex`, units as the kernel has them, and the clock's state.
  record Timex(
      int clockState,
      long offset,
      long freq,
      long maxError,
      long estError,
      int status,
      long constant,
      long tick,
      long ppsFreq,
      long jitter,
      int shift,
      long stabil,
      long jitCnt,
      long calCnt,
      long errCnt,
      long stbCnt,
      int tai) {}
}
