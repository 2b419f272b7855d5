package io.dataprism.charts.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the rows lie, where they have a longitude and a latitude. */
final class MapIdea implements ChartIdea {
    static final Pattern LONGITUDE = Pattern.compile("(.*[_ .-])?(lon|lng|long|longitude)", Pattern.CASE_INSENSITIVE);
    static final Pattern LATITUDE = Pattern.compile("(.*[_ .-])?(lat|latitude)", Pattern.CASE_INSENSITIVE);
    private static final int MOST_POINTS = 4_000;
    private static final int WORLD = 60;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        Optional<ColumnProfile> longitude = find(table, LONGITUDE, 180);
        Optional<ColumnProfile> latitude = find(table, LATITUDE, 90);
        if (longitude.isEmpty() || latitude.isEmpty()) {
            return Stream.empty();
        }
        Optional<ColumnProfile> size = table.measures().stream()
                .filter(column -> !column.equals(longitude.get()) && !column.equals(latitude.get()))
                .findFirst();
        return Stream.of(map(table, longitude.get(), latitude.get(), size));
    }

    private static Optional<ColumnProfile> find(TableProfile table, Pattern name, int bound) {
        return table.columns().stream()
                .filter(column -> column.kind() == ColumnProfile.Kind.NUMBER)
                .filter(column -> name.matcher(column.name()).matches())
                .filter(column ->
                        column.low().orElse(-1000) >= -bound && column.high().orElse(1000) <= bound)
                .findFirst();
    }

    private static Suggestion map(
            TableProfile table, ColumnProfile longitude, ColumnProfile latitude, Optional<ColumnProfile> size) {
        double span = longitude.high().orElse(0) - longitude.low().orElse(0);
        long each = Math.max(1, (table.rows() + MOST_POINTS - 1) / MOST_POINTS);
        JsonTemplate template = new JsonTemplate()
                .with("lon", Sql.field(longitude.name()))
                .with("lat", Sql.field(latitude.name()))
                .with(
                        "valid",
                        "isValid(" + Sql.datum(longitude.name()) + ") && isValid(" + Sql.datum(latitude.name()) + ")")
                .with("every", "(datum['row number'] - 1) % " + each + " == 0")
                .with("projection", span > WORLD ? "equalEarth" : "mercator");
        List<String> columns = new ArrayList<>(List.of(longitude.name(), latitude.name()));
        String select = Sql.name(longitude.name()) + ", " + Sql.name(latitude.name());
        String encoding = "";
        if (size.isPresent()) {
            columns.add(size.get().name());
            select += ", " + Sql.name(size.get().name());
            template.with("size", Sql.field(size.get().name()))
                    .with("sizeLabel", Wording.label(size.get().name()));
            encoding =
                    ",'size':{'field':$size,'type':'quantitative','title':$sizeLabel,'scale':{'range':[4,220],'zero':false}},"
                            + "'color':{'field':$size,'type':'quantitative','title':$sizeLabel}";
        }
        String ground = span > WORLD
                ? "{'data':{'sphere':true},'mark':{'type':'geoshape','fill':'#f4f7f9','stroke':null}},"
                        + "{'data':{'graticule':{'step':[20,20]}},'mark':{'type':'geoshape','fill':null,'stroke':'#dde4ea','strokeWidth':0.7}},"
                : "";
        String sample = each > 1 ? ", of which every " + Wording.count(each) + "th is shown" : "";
        return new Suggestion(
                "map",
                86 * longitude.completeness() * latitude.completeness(),
                size.map(column -> Wording.label(column.name()) + " by place").orElse("Where the rows lie"),
                Wording.count(longitude.present()) + " places" + sample,
                "'" + longitude.name() + "' and '" + latitude.name() + "' are places on Earth.",
                columns,
                Optional.of("SELECT " + select + " FROM (SELECT *, row_number() OVER () AS \"row number\" FROM t WHERE "
                        + Sql.name(longitude.name()) + " IS NOT NULL AND " + Sql.name(latitude.name())
                        + " IS NOT NULL) WHERE (\"row number\" - 1) % " + each + " = 0"),
                template.array(
                        "[{'filter':$valid},{'window':[{'op':'row_number','as':'row number'}]},{'filter':$every}]"),
                template.object("{'width':600,'height':310,'projection':{'type':$projection},'layer':[" + ground
                        + "{'mark':{'type':'circle','opacity':0.55},'encoding':{'longitude':{'field':$lon,'type':'quantitative'},"
                        + "'latitude':{'field':$lat,'type':'quantitative'}" + encoding + "}}]}"));
    }
}
