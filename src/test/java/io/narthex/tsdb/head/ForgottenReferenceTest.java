package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers that leave labels out are told when the head needs them.
class ForgottenReferenceTest {

  @TempDir Path directory;

  @Test
  void aReferenceThatIsNotKnownMakesNoSeries() {
    Head head =
        Head.open(
            Disk.system(),
            directory,
            HeadOptions.defaults(),
            Long.MIN_VALUE,
            Clock.system(),
            new Metrics(),
            Runnable::run,
            new ReplayProgress());
    Appender appender = head.appender();
    appender.append(0, Labels.of("__name__", "a"), 1_000, 1);
    long ref = appender.commit().ref(0);

    appender.append(ref, Labels.EMPTY, 2_000, 2);
    appender.append(ref + 1, Labels.EMPTY, 2_000, 3);
    Appender.Commit commit = appender.commit();
    assertEquals(Outcome.STORED, commit.outcome(0));
    assertEquals(Outcome.UNKNOWN_REF, commit.outcome(1));
    assertEquals(0, commit.ref(1));
    assertEquals(1, commit.accepted());
    assertEquals(1, head.seriesCount());
    head.close();
  }
}
