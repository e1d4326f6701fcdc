package io.narthex.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A headless Chromium. Tests are skipped where there is none, and where the assets are not built.
final class Browser implements AutoCloseable {

  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ChromeDriver driver;

  Browser() {
    assumeTrue(CHROMIUM.exists() && DRIVER.exists(), "no Chromium on this machine");
    assumeTrue(new Assets(new SourceTree()).built(), "the UI is not built: npm run build in ui/");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--lang=en-US");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    size(1280, 900);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /// What the system prefers: `light` or `dark`.
  void systemTheme(String theme) {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", theme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  void open(String url) {
    driver.get(url);
  }

  WebElement find(String css) {
    return new WebDriverWait(driver, PATIENCE)
        .withMessage("no element " + css)
        .until(d -> d.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  WebElement button(String label) {
    return find("[aria-label=\"" + label + "\"]");
  }

  /// Waits until the text of the first `css` holds `text`.
  void await(String css, String text) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "no \"" + text + "\" in " + css + ": " + texts(css))
        .until(d -> texts(css).stream().anyMatch(found -> found.contains(text)));
  }

  void awaitGone(String css) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage("still there: " + css)
        .until(d -> all(css).isEmpty());
  }

  void awaitTrue(String script) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage("not true: " + script)
        .until(d -> Boolean.TRUE.equals(driver.executeScript("return " + script)));
  }

  List<String> texts(String css) {
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
    return found == null ? List.of() : found;
  }

  /// The value of a script's expression, which must not be null.
  Object evaluate(String expression) {
    return Objects.requireNonNull(driver.executeScript("return " + expression), expression);
  }

  /// How wide the page's content is, in pixels; more than the window if something sticks out.
  int contentWidth() {
    return ((Number) evaluate("document.documentElement.scrollWidth")).intValue();
  }

  /// Types into whatever has the focus.
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void chord(Keys modifier, CharSequence key) {
    new Actions(driver).keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
  }

  /// A picture for people to look at, in `target/screenshots`.
  void screenshot(String name) {
    try {
      Path folder = Files.createDirectories(SourceTree.checkout().resolve("target/screenshots"));
      Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the console complained about since the last call, failed requests left out: scenarios
  /// provoke those.
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  /// Addresses on other hosts that the page has asked.
  List<String> foreignRequests() {
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            evaluate(
                "performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith(location.origin + '/')"
                    + " && !name.startsWith('data:'))");
    return found;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
