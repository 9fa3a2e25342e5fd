package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0.0000",
                "1|1.0000",
                "-53.21449|-53.214",
                "1234.56|1,234.6",
                "123456.7|123,457",
                "0.0123456|0.012346",
                "0.00010001|0.00010001",
                "0.00009|9.0e-05",
                "3e15|3.0e+15",
                "99999.6|100,000"
            })
    void numbersOfAnySizeHaveFiveDigits(double value, String text) {
        assertThat(Figures.fiveDigits(value)).isEqualTo(text);
    }
}
