package library.poi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import library.LibraryPlugin;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;

/** Writes a spreadsheet with a formula, reads it, and works the formula out. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            Row row = book.createSheet("Cities").createRow(0);
            row.createCell(0).setCellValue(134_000);
            row.createCell(1).setCellValue(175_000);
            row.createCell(2).setCellFormula("SUM(A1:B1)");
            book.write(bytes);
        }
        try (HSSFWorkbook book = new HSSFWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            return book.getSheetName(0) + " "
                    + book.getSheetAt(0).getRow(0).getCell(2).getNumericCellValue();
        }
    }
}
