package io.narthex.exporter.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.exporter.KernelText;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmallGrammarsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "18446744073709551615, 1.8446744073709552E19",
    "9223372036854775808, 9.223372036854775808E18",
    "9007199254740993, 9007199254740992"
  })
  void unsignedNumbersBecomeTheNearestDouble(String text, double value) throws IOException {
    assertEquals(value, KernelText.unsigned(text));
  }

  @Test
  void numbersThatAreNoneAreNamed() {
    IOException e = assertThrows(IOException.class, () -> KernelText.unsigned("12x"));
    assertEquals("not an unsigned number: \"12x\"", e.getMessage());
    assertThrows(IOException.class, () -> KernelText.unsigned("-1"));
    assertThrows(IOException.class, () -> KernelText.signed(""));
    assertThrows(IOException.class, () -> KernelText.decimal("a"));
  }

  @Test
  void fieldsAndLines() {
    assertEquals(List.of("a", "b\u00e9", "c"), KernelText.fields("  a\tb\u00e9   c "));
    assertEquals(List.of("a", "", "b"), KernelText.lines("a\n\nb\n"));
    assertEquals(List.of(), KernelText.lines(""));
  }

  @Test
  void cpuRanges() throws IOException {
    assertEquals(List.of(0, 1, 2, 8), CpuRange.parse("0-2,8\n"));
    assertEquals(List.of(), CpuRange.parse("\n"));
    assertThrows(IOException.class, () -> CpuRange.parse("0-"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:1, ::1",
    "fe80:0:0:0:0:0:0:0, fe80::",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7"
  })
  void shortAddresses(String address, String text) throws IOException {
    assertEquals(text, Ipv6Text.of(InetAddress.getByName(address).getAddress()));
  }

  @Test
  void arraysThatRebuild() throws IOException {
    MdStat array =
        MdStat.parse(
                """
                Personalities : [raid5]
                md7 : active raid5 sdb1[0] sdc1[1](S)
                      7813735424 blocks super 1.2 level 5, 512k chunk [4/3] [U_UU]
                      bitmap: 0/30 pages [0KB], 65536KB chunk
                      [>....]  recovery =  4.2% (333/7813735424) finish=9.1min speed=1K/sec

                md9 : inactive sde[0]
                      42 blocks super 1.2

                unused devices: <none>
                """)
            .getFirst();
    assertEquals(new MdStat("md7", "recovering", 3, 4, 0, 1, 7813735424L, 333), array);
    assertThrows(IOException.class, () -> MdStat.parse("md1 : active raid1 sda[0]\n no\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1 | a",
        "a{b=\"c\",d=\"e\\n\",} 1 | a",
        "# a comment\\na 1 | a",
        "a{} +Inf | a",
      })
  void textfilesThatAreRight(String text, String family) throws IOException {
    TextfileParser parser = new TextfileParser();
    String input = text.replace("\\n#", "\n#").replace("t\\na", "t\na") + "\n";
    assertEquals(family, parser.parse(input).iterator().next().name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a x | expected float",
        "a | expected float",
        "1a 1 | invalid metric name",
        "a{b=\"c\" 1 | label value",
        "a{b=c} 1 | expected '\"'",
        "a{b} 1 | expected '='",
        "a{b=\"1\",b=\"2\"} 1 | duplicate label",
        "a{b=\"\\x\"} 1 | invalid escape",
        "a 1 soon | expected float",
        "# TYPE a nothing | unknown metric type",
        "# HELP 1 b | invalid metric name",
      })
  void textfilesThatAreWrong(String text, String error) {
    IOException e = assertThrows(IOException.class, () -> new TextfileParser().parse(text + "\n"));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("text format parsing error in line 1: "), message);
    assertTrue(message.contains(error), message);
  }

  @Test
  void textfilesMustEndWithALine() throws IOException {
    assertThrows(IOException.class, () -> new TextfileParser().parse("a 1"));
    TextfileParser parser = new TextfileParser();
    parser.parse("a 1 1234\n");
    assertTrue(parser.hasTimestamps());
    IOException twice =
        assertThrows(IOException.class, () -> new TextfileParser().parse("a 1\n# TYPE a gauge\n"));
    assertTrue(String.valueOf(twice.getMessage()).contains("line 2: second TYPE line"));
  }
}
