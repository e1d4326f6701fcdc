package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.MemoryUsage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the old space is collected.
class HeapKeeperTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # MiB left, most MiB, MiB at which it is collected again
          10   | 1000 | 64
          100  | 1000 | 200
          700  | 1000 | 1000
          700  | -1   | 1400
          """)
  void twiceOfWhatWasLeftIsEnough(long left, long most, long threshold) {
    long max = most < 0 ? -1 : most << 20;
    MemoryUsage usage = new MemoryUsage(0, left << 20, left << 20, max);
    assertEquals(threshold << 20, HeapKeeper.thresholdBytes(usage));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # MiB in use | MiB left by the last collection | whether it is worth one
          60  | 10  | false
          70  | 10  | true
          120 | 100 | false
          130 | 100 | true
          90  | 100 | false
          """)
  void workThatLeavesMuchBehindIsFollowedByACollection(long used, long left, boolean worth) {
    assertEquals(worth, HeapKeeper.isMuch(used << 20, left << 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # MiB in use | at the last look | left by the last collection | whether it is worth one
          200 | 150 | 10  | false
          200 | 199 | 10  | true
          200 | 199 | 190 | false
          200 | 199 | 180 | true
          17  | 17  | 10  | false
          18  | 18  | 10  | true
          57  | 57  | 50  | false
          150 | 200 | 100 | true
          600 | 600 | 100 | false
          """)
  void growthThatHasComeToRestIsFollowedByACollection(
      long used, long seen, long left, boolean worth) {
    assertEquals(worth, HeapKeeper.isAtRest(used << 20, seen << 20, left << 20));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "255, false", "256, true", "5000, true"})
  void deletedFilesThatTakeMuchRoomAreFollowedByACollection(long waiting, boolean worth) {
    assertEquals(worth, HeapKeeper.isMuchDisk(waiting << 20));
  }
}
