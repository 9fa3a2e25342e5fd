package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricValueTest {
    @Test
    void aValueIsANumberOrAReason() {
        assertThat(MetricValue.of(0.5).number()).hasValue(0.5);
        assertThat(MetricValue.undefined("it rained").number()).isEmpty();
        assertThat(MetricValue.undefined("it rained").text()).isEqualTo("undefined because it rained");
        assertThatIllegalArgumentException().isThrownBy(() -> MetricValue.undefined(""));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsNoValue(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricValue.of(value))
                .withMessage("value must be finite, got " + value);
    }

    @Test
    void negativeZeroBecomesZero() {
        assertThat(new MetricValue.Defined(-0.0)).isEqualTo(new MetricValue.Defined(0.0));
        assertThat(MetricValue.of(-0.0).text()).isEqualTo("0.0000");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5000",
        "0.12345, 0.1235",
        "-0.25, -0.2500",
        "0.000025, 2.5e-05",
        "-0.00001, -1.0e-05",
        "0, 0.0000"
    })
    void onlyZeroIsShownAsZero(double value, String text) {
        assertThat(MetricValue.of(value).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12345.67 | 1 | 12,345.7",
                "-1234567 | 0 | -1,234,567",
                "0.4 | 0 | 4.0e-01",
                "0 | 2 | 0.00",
                "0.99995 | 4 | 1.0000",
                "1e15 | 1 | 1.0e+15",
                "-3.2e142 | 1 | -3.2e+142"
            })
    void largeNumbersAreGroupedAndTheLargestHaveAnExponent(double value, int decimals, String text) {
        assertThat(Figures.grouped(value, decimals)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "1, 1", "0, 0", "150000000, 150000000", "2.5E-9, 2.5E-9", "-0.75, -0.75", "2E-3, 0.002"})
    void exactNumbersAreShort(double value, String text) {
        assertThat(Figures.exact(value)).isEqualTo(text);
    }

    @Property
    void exactNumbersParseBackToTheSameDouble(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        double finite = Double.isFinite(value) ? value : 1 / 3.0;

        assertThat(Double.parseDouble(Figures.exact(finite))).isEqualTo(finite);
    }

    @Property
    void exactFractionsParseBackToTheSameDouble(@ForAll int correct, @ForAll int total) {
        double value = total == 0 ? 0.1 : (double) correct / total + 0.0;

        assertThat(Double.parseDouble(Figures.exact(value))).isEqualTo(value);
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(MetricValue.of(1.5).text()).isEqualTo("1.5000");
            assertThat(Figures.exact(1.5)).isEqualTo("1.5");
        } finally {
            Locale.setDefault(usual);
        }
    }
}
