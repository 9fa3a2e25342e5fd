package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(RandomReferences.class)
class ReferencesCsvPropertyTest {
    @Property
    void referencesReadBackAsTheyWereAndAreWrittenAgainToTheSameBytes(@ForAll ReferenceAccuracies references)
            throws IOException {
        StringBuilder text = new StringBuilder();
        ReferencesCsv.write(List.of(references), text);

        List<ReferenceAccuracies> back = ReferencesCsv.read(new StringReader(text.toString()), "references.csv");

        assertThat(back).isEqualTo(references.isEmpty() ? List.of() : List.of(references));
        StringBuilder again = new StringBuilder();
        ReferencesCsv.write(back, again);
        assertThat(again).hasToString(text.toString());
    }
}
