package sluice.tasks.source;

import com.google.common.collect.ImmutableList;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;
import sluice.tasks.csv.CsvData;
import sluice.tasks.images.ImageFolder;

/** The data sets that scripts and the command line know by name. */
public final class DataSets {
    /** All of them: a new one is a line here. */
    public static final ImmutableList<DataSource> TABLE = ImmutableList.of(
            ImageDataSources.MNIST, //
            ImageDataSources.FASHION_MNIST,
            ImageDataSources.IDX,
            new DrawnDigits(6000, 1000, 1),
            new ScriptedData(
                    CsvData.NAME,
                    "your own tables: CSV files that a script names (data.label, data.train, data.test, ...)"),
            new ScriptedData(
                    ImageFolder.NAME, "your own images: PNG and JPEG files in a folder per class (data.folder)"));

    private DataSets() {}

    /**
     * {@return the data set's source}
     *
     * @param name a name of the table
     * @throws InputException if there is none of this name; its message has the nearest name
     */
    public static DataSource named(String name) {
        return TABLE.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("unknown data set '%s': %s"
                        .formatted(
                                name,
                                Suggestion.of(
                                        name,
                                        TABLE.stream().map(DataSource::name).toList()))));
    }

    /**
     * {@return the data set}
     *
     * @param name a name of the table
     * @param place where its files are
     * @throws InputException if there is none of this name, or it cannot be read or downloaded
     */
    public static DataSet load(String name, DataPlace place) {
        return named(name).load(place);
    }
}
