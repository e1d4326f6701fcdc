package io.narthex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Holds the house together: which room may use which, that no arrow runs in a ring, and who may
/// touch the machine.
class ArrowsTest {

  private static final List<String> GROUND_AND_WORDS =
      List.of("clock", "metrics", "model", "storage", "io.bytes", "io.disk", "io.json");

  /// Room to the rooms it may use. A room may always use itself and its own children.
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("clock", List.of()),
          Map.entry("metrics", List.of("clock")),
          Map.entry("config", List.of("clock", "io.disk")),
          Map.entry("io.bytes", List.of()),
          Map.entry("io.json", List.of()),
          Map.entry("io.disk", List.of()),
          Map.entry("io.http", List.of("clock", "config", "metrics", "io.disk", "io.json")),
          Map.entry("model", List.of()),
          Map.entry("storage", List.of("model")),
          Map.entry("tsdb", GROUND_AND_WORDS),
          Map.entry("promql", List.of("clock", "metrics", "model", "storage")),
          Map.entry(
              "discovery",
              List.of("clock", "config", "metrics", "model", "io.http", "io.disk", "io.json")),
          Map.entry("rules", List.of("clock", "config", "model", "promql")),
          Map.entry(
              "scrape",
              List.of("clock", "config", "metrics", "model", "storage", "io.http", "discovery")),
          Map.entry("exporter", List.of("clock", "metrics", "model")),
          Map.entry(
              "api",
              List.of(
                  "clock",
                  "metrics",
                  "model",
                  "storage",
                  "promql",
                  "scrape",
                  "discovery",
                  "tsdb",
                  "exporter")),
          Map.entry("ui", List.of("clock", "model")),
          Map.entry(
              "cli",
              List.of(
                  "role.flags",
                  "role.config",
                  "clock",
                  "config",
                  "io.bytes",
                  "io.http",
                  "io.json",
                  "scrape",
                  "promql",
                  "rules",
                  "model",
                  "tsdb",
                  "api",
                  "exporter",
                  "io.disk",
                  "storage",
                  "metrics")),
          Map.entry(
              "role.config",
              List.of(
                  "clock",
                  "config",
                  "model",
                  "discovery",
                  "scrape",
                  "io.disk",
                  "io.http",
                  "metrics")),
          Map.entry("role.flags", List.of("clock", "config", "exporter", "role.config")),
          Map.entry("role", List.of("*")),
          Map.entry("", List.of("*")));

  private static final Set<String> MACHINE_CALLS = Set.of("currentTimeMillis", "nanoTime");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("io.narthex");

  @Test
  void everyArrowIsDrawn() {
    Map<String, Set<String>> undrawn = new TreeMap<>();
    for (JavaClass from : classes) {
      String room = room(from);
      from.getDirectDependenciesFromSelf().stream()
          .map(d -> d.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith("io.narthex"))
          .map(ArrowsTest::room)
          .filter(to -> !to.equals(room) && !allowed(room, to))
          .forEach(to ->
              undrawn
                  .computeIfAbsent(room + " -> " + to, k -> new TreeSet<>())
                  .add(from.getSimpleName()));
    }
    assertEquals(Map.of(), undrawn, "arrows that the table does not have");
  }

  private static boolean allowed(String from, String to) {
    List<String> targets = ARROWS.get(from);
    assertTrue(targets != null, "room without a row in the table: " + from);
    return targets.contains("*") || targets.contains(to);
  }

  /// The longest row of the table that is the class's package or a parent of it.
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    String rest = name.equals("io.narthex") ? "" : name.substring("io.narthex.".length());
    while (!rest.isEmpty() && !ARROWS.containsKey(rest)) {
      rest = rest.contains(".") ? rest.substring(0, rest.lastIndexOf('.')) : "unknown:" + rest;
      if (rest.startsWith("unknown:")) {
        return rest;
      }
    }
    return rest;
  }

  @Test
  void noArrowRunsInARing() {
    SlicesRuleDefinition.slices()
        .matching("io.narthex.(**)")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @Test
  void onlyTheClockAsksForTheTime() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.narthex.clock..")
        .should()
        .callMethodWhere(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "asks the machine for the time",
                call ->
                    call.getTargetOwner().getName().equals("java.lang.System")
                        && MACHINE_CALLS.contains(call.getName())))
        .check(classes);
  }

  @Test
  void nobodySleeps() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(classes);
  }
}
