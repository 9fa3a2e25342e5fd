package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadsheetTextTest {
    @Test
    void whatAProgramWouldRunGetsAnApostrophe() {
        assertThat(SpreadsheetText.guarded("=1+1")).isEqualTo("'=1+1");
        assertThat(SpreadsheetText.guarded("@x")).isEqualTo("'@x");
        assertThat(SpreadsheetText.guarded("\tx")).isEqualTo("'\tx");
        assertThat(SpreadsheetText.guarded("'=x")).isEqualTo("''=x");
        assertThat(SpreadsheetText.guarded("0-1")).isEqualTo("0-1");
        assertThat(SpreadsheetText.guarded("'tis")).isEqualTo("'tis");
        assertThat(SpreadsheetText.guarded("")).isEmpty();
    }

    @Test
    void everyFileKeepsNamesAndHoldsNoFormula() throws IOException {
        AccuracyMatrix matrix = AccuracyMatrix.empty("+s", -3, List.of("=a", "-b"))
                .with(2, 1, 1, 2)
                .with(2, 2, 1, 2);
        RunMetrics metrics = RunMetrics.empty("@s", -3).with("=m", -1.5);
        ReferenceAccuracies references = ReferenceAccuracies.empty(-3).with(Reference.JOINT, "=a", 1, 2);
        StringBuilder cells = new StringBuilder();
        StringBuilder figures = new StringBuilder();
        StringBuilder joint = new StringBuilder();

        AccuracyCsv.write(List.of(matrix), cells);
        MetricsCsv.writeComparison(List.of(metrics), figures);
        ReferencesCsv.write(List.of(references), joint);

        assertThat(cells).contains("'+s,-3,2,'=a,1,2,0.5").contains("'-b");
        assertThat(figures).contains("'@s,-3,'=m,-1.5").contains("'@s,mean,'=m,-1.5");
        assertThat(joint).contains("joint,-3,'=a,1,2,0.5");
        assertThat(AccuracyCsv.read(new StringReader(cells.toString()), "a.csv"))
                .containsExactly(matrix);
        assertThat(MetricsCsv.read(new StringReader(figures.toString()), "m.csv"))
                .containsExactly(metrics);
        assertThat(ReferencesCsv.read(new StringReader(joint.toString()), "r.csv"))
                .containsExactly(references);
    }
}
