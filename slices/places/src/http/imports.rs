//! The lists of places that come as files.

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use http_api::{ApiResult, Json, Me, Platform, Query};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list_files::{ListImportQuery, ListImportReport, ListTemplateQuery, blank, import};
use crate::imports::areas::Areas;
use crate::imports::assignments::Assignments;
use crate::imports::devices::Devices;
use crate::imports::enterprises::Enterprises;
use crate::imports::gates::Gates;
use crate::imports::officers::Officers;
use crate::imports::premises::Premises;
use crate::imports::sites::Sites;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(areas))
        .routes(routes!(areas_blank))
        .routes(routes!(enterprises))
        .routes(routes!(enterprises_blank))
        .routes(routes!(sites))
        .routes(routes!(sites_blank))
        .routes(routes!(premises))
        .routes(routes!(premises_blank))
        .routes(routes!(gates))
        .routes(routes!(gates_blank))
        .routes(routes!(devices))
        .routes(routes!(devices_blank))
        .routes(routes!(assignments))
        .routes(routes!(assignments_blank))
        .routes(routes!(officers))
        .routes(routes!(officers_blank))
}

/// The area tree from an XLSX or CSV file of at most 100,000 rows, known by its codes, whatever the order of parents and children.
#[utoipa::path(post, path = "/areas/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn areas(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Areas>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of areas.
#[utoipa::path(get, path = "/areas/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn areas_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Areas>(query.lang())
}

/// Enterprises from an XLSX or CSV file of at most 20,000 rows, known by their credit codes. An empty cell leaves what is known.
#[utoipa::path(post, path = "/enterprises/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn enterprises(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Enterprises>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of enterprises.
#[utoipa::path(get, path = "/enterprises/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn enterprises_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Enterprises>(query.lang())
}

/// Sites from an XLSX or CSV file of at most 20,000 rows, known by their enterprises and names. New ones are not open yet.
#[utoipa::path(post, path = "/sites/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn sites(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Sites>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of sites.
#[utoipa::path(get, path = "/sites/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn sites_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Sites>(query.lang())
}

/// Buildings, malls and compounds from an XLSX or CSV file of at most 20,000 rows, known by their areas and names.
#[utoipa::path(post, path = "/premises/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn premises(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Premises>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of premises.
#[utoipa::path(get, path = "/premises/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn premises_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Premises>(query.lang())
}

/// Gates from an XLSX or CSV file of at most 20,000 rows, known by their sites and names.
#[utoipa::path(post, path = "/gates/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn gates(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Gates>(&platform, &me, Permission::EditPlaces, &query, body).await
}

/// An empty workbook with the headings of gates.
#[utoipa::path(get, path = "/gates/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn gates_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::EditPlaces)?;
    blank::<Gates>(query.lang())
}

/// Devices from an XLSX or CSV file of at most 20,000 rows, known by their serials. New ones have no secret until it is rotated.
#[utoipa::path(post, path = "/devices/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn devices(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Devices>(&platform, &me, Permission::ManageDevices, &query, body).await
}

/// An empty workbook with the headings of devices.
#[utoipa::path(get, path = "/devices/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn devices_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageDevices)?;
    blank::<Devices>(query.lang())
}

/// Who answers for which enterprise from now on, from an XLSX or CSV file of at most 20,000 rows. Nobody is relieved by it.
#[utoipa::path(post, path = "/assignments/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn assignments(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Assignments>(&platform, &me, Permission::ManageGrid, &query, body).await
}

/// An empty workbook with the headings of assignments.
#[utoipa::path(get, path = "/assignments/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn assignments_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageGrid)?;
    blank::<Assignments>(query.lang())
}

/// Officers from an XLSX or CSV file of at most 2,000 rows, known by their logins. Who is new is invited: the file of links is told
/// once, and is not in the answer to the same request sent again.
#[utoipa::path(post, path = "/officers/content", tag = "places", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn officers(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    import::<Officers>(&platform, &me, Permission::ManageAccounts, &query, body).await
}

/// An empty workbook with the headings of officers.
#[utoipa::path(get, path = "/officers/template", tag = "places", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn officers_blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageAccounts)?;
    blank::<Officers>(query.lang())
}

#[cfg(test)]
mod tests {
    use http_api::Lang;

    use super::*;
    use crate::imports::ImportedList;

    fn a_heading_for_every_column<L: ImportedList>() {
        for lang in [Lang::Zh, Lang::En] {
            let headings: Vec<String> = L::headings(lang).into_iter().map(str::to_owned).collect();
            let found = tables::guess(&headings, L::COLUMNS);
            assert_eq!(found, (0..L::COLUMNS.len()).map(Some).collect::<Vec<_>>(), "{} {headings:?}", L::NAME);
        }
    }

    #[test]
    fn a_template_is_read_as_it_was_written() {
        a_heading_for_every_column::<Areas>();
        a_heading_for_every_column::<Enterprises>();
        a_heading_for_every_column::<Sites>();
        a_heading_for_every_column::<Premises>();
        a_heading_for_every_column::<Gates>();
        a_heading_for_every_column::<Devices>();
        a_heading_for_every_column::<Assignments>();
        a_heading_for_every_column::<Officers>();
    }
}
